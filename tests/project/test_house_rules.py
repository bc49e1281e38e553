"""The house rules that tools can check: style, strict types, the layers, codes with words, nothing of this machine."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from samrit.problems import codes

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
CODE = re.compile(r"""(?:problem|add|_wrong\(\s*line,\s*"[a-z_]*",|_wrong)\(\s*"([a-z0-9]+(?:\.[a-z0-9_]+)+)\"""")


def run(*command: str) -> str:
    """Run a tool of this environment; its output when it fails."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize("command", [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)])
def test_style_and_types_are_clean(command: tuple[str, ...]) -> None:
    assert run(*command) == ""


def test_imports_only_go_down() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_problem_code_in_the_code_has_words() -> None:
    used = {code for path in SOURCES for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert len(used) > 80
    assert used - set(codes()) == set()


def test_every_code_has_thai_and_english_and_a_level() -> None:
    thai = re.compile("[\u0e00-\u0e7f]")
    for code, words in codes().items():
        assert words["level"] in {"error", "warning", "note"}, code
        assert thai.search(words["th"]), code
        assert words["en"].strip(), code
        if words["level"] == "error":
            assert words.get("hint", "").strip(), code


def test_nothing_of_a_machine_or_a_registry_is_in_the_project() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    if not (ROOT / ".git").exists():
        pytest.skip("the list of files is git's")
    assert len(listed) > 200
    here = Path(__file__).relative_to(ROOT).as_posix()
    forbidden = (
        "/work/" + "main",
        "/work/" + "shared",
        "/root/",
        "pypi" + ".org",
        "pythonhosted" + ".org",
        "npmjs" + ".org",
    )
    for name in listed:
        path = ROOT / name
        if name == here or not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        assert not [word for word in forbidden if word in text], name
