"""Referrals of a random world and what is beside them: answers, diagnoses, hospitals elsewhere, zones, agreements.

The dice are thrown apart from those of the other zips, so the zips of a seed are the same with and without referrals.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from second_opinion.random_packages import Packages, send, write_zip
from second_opinion.random_world import HOSPITALS, Cells, World, make_stamps

DAY = timedelta(days=1)
SENDERS = (*HOSPITALS, "04801", "04899")  # 04899 sends data and is not in the organisation table
ELSEWHERE = (
    {"hospcode": "10670", "hostype": "05", "district_code": "4001", "province_code": "40", "health_region": "7"},
    {"hospcode": "10669", "hostype": "05", "district_code": "3401", "province_code": "34", "health_region": "10"},
    {"hospcode": "13781", "hostype": "12", "district_code": "", "province_code": "", "health_region": ""},
)
DESTINATIONS = (*HOSPITALS, *HOSPITALS, "10670", "10670", "10670", "10669", "13781", "99999", "")
PRINCIPALS = ("I21.0", "i210", "I20", "I25.9", "I26", "I2", "C50.9", "c220", "D05.1", "D0", "D12.6", "S06.5", "I63.9")
CAUSES = ("V01", "V00", "V23.4", "w010", "X99", "Y90.9", "Y98", "Y99", "S72")
WRITTEN = ("I21.0", "I210", "ไข้สูง", "C50.9 (breast)", "V23", "AMI", "I2", "I21ABCD", "", "", "i25 ", "C50", "Y98")
GROUPS = ("heart", "cancer", "trauma", "newborn")


def make_referrals(
    seed: int, folder: Path, organisations: list[Cells], periods: Sequence[tuple[date, date, date]]
) -> tuple[list[Path], list[dict[str, str]], list[tuple[str, str]]]:
    """(zips in folder, zones, agreements); adds the hospitals elsewhere to the organisations, on no list of 067."""
    start, end, census = periods[0]
    world = World(Random(f"referrals {seed}"), start, end, census, periods=tuple(periods))
    world.facilities = list(SENDERS)
    columns = {column: "" for row in organisations for column in row}
    known = {row["hospcode"] for row in organisations}
    organisations += [
        {**columns, **row, "sends_43": "0", "smart_health_id_target": "0"}
        for row in ELSEWHERE
        if row["hospcode"] not in known
    ]
    for number in range(world.dice.randint(220, 260)):
        add_referral(world, number)
    for _ in range(60):
        add_stay(world)
    return write_zips(world, folder), make_zones(world), make_agreements(world)


def add_referral(world: World, number: int) -> None:
    """One referral with its visit or stay, now and then of a baby, and none to three answers."""
    dice = world.dice
    origin = dice.choice(SENDERS)
    day = world.near(*(edge for days in world.periods for edge in days[:2])) if world.chance(0.4) else world.inside()
    pid = f"F{number}" if world.chance(0.9) else f"F{dice.randrange(40)}"
    place = {"HOSPCODE": origin, "PID": pid}
    if world.chance(0.45):
        birth = day - dice.choice([-1, 0, 1, 27, 28, 28, 29, 29, 30]) * DAY
        add_baby(world, place, birth)
    visit, stay = f"F{dice.randrange(400)}", dice.choice(["", "", f"F{dice.randrange(90)}", f"F{dice.randrange(90)}"])
    referral = f"F{number}" if world.chance(0.93) else f"F{dice.randrange(number + 1)}"
    destination = dice.choice(DESTINATIONS)
    world.add(
        "REFER_HISTORY",
        place,
        REFERID=referral,
        SEQ=visit if world.chance(0.95) else "",
        AN=stay,
        DATETIME_REFER=f"{day:%Y%m%d}{dice.choice(['000000', '090000', '235959', ''])}" if world.chance(0.96) else "",
        HOSP_DESTINATION=destination,
        CAUSEOUT=dice.choice(["1"] * 9 + ["2", "5", "", "6", "7"]),
        DIAGLAST=dice.choice(WRITTEN),
        DIAGFIRST=dice.choice(WRITTEN),
    )
    for table, link in (("DIAGNOSIS_OPD", {"SEQ": visit}), ("DIAGNOSIS_IPD", {"AN": stay or f"F{dice.randrange(90)}"})):
        when = {"DATE_SERV" if table == "DIAGNOSIS_OPD" else "DATETIME_ADMIT": f"{day:%Y%m%d}"}
        for code, kind in make_findings(world):
            by = {**place, "PID": place["PID"] if world.chance(0.9) else "other"}
            world.add(table, by, **link, **when, DIAGCODE=code, DIAGTYPE=kind)
    for _ in range(dice.choice([0, 0, 1, 1, 2, 3])):
        world.add(
            "REFER_RESULT",
            {"HOSPCODE": dice.choice([destination, *HOSPITALS]) or HOSPITALS[0]},
            HOSP_SOURCE=origin if world.chance(0.93) else dice.choice(SENDERS),
            REFERID_SOURCE=referral if world.chance(0.95) else "F0",
            REFER_RESULT=dice.choice(["1"] * 7 + ["2", "3", "", "01"]),
        )


def make_findings(world: World) -> list[tuple[str, str]]:
    """(code, DIAGTYPE) of a visit or stay: none, one or several principals, causes of any type beside them."""
    dice = world.dice
    found = [(dice.choice(PRINCIPALS), "1") for _ in range(dice.choice([0, 0, 1, 1, 1, 2]))]
    if world.chance(0.35):
        found.append((dice.choice(CAUSES), dice.choice(["5", "5", "4", "1", "2", ""])))
    if world.chance(0.2):
        found.append((dice.choice(PRINCIPALS), "2"))
    return found


def add_baby(world: World, place: Cells, birth: date) -> None:
    """Who is referred, at no home of the world: no other measure sees her."""
    world.add("PERSON", place, CID="", SEX="1", BIRTH=f"{birth:%Y%m%d}", NATION="099", TYPEAREA="4", DISCHARGE="9")


def add_stay(world: World) -> None:
    """A stay with weights: above, at and below 0, blank or no number; DRGs that are grouped, errors, or none."""
    dice = world.dice
    admitted = world.beside() - dice.choice([0, 0, 1]) * DAY
    left = admitted + dice.choice([-1, 0, 1, 2]) * DAY
    world.add(
        "ADMISSION",
        {"HOSPCODE": dice.choice(SENDERS[:-1]), "PID": f"F{dice.randrange(40)}"},
        AN=f"W{dice.randrange(300)}",
        DATETIME_ADMIT=f"{admitted:%Y%m%d}080000" if world.chance(0.95) else "",
        DATETIME_DISCH=f"{left:%Y%m%d}235959" if world.chance(0.95) else "",
        INSTYPE=dice.choice(["1100", "4200", ""]),
        DISCHTYPE=dice.choice(["1", "4", "9"]),
        DRG=dice.choice(["04520", "4520", "26509", "2650", "26505", "00000", "0", "", "00265", "X265", "265"]),
        RW=dice.choice(["1"] * 6 + ["0.5", "0", "-1", "", "1,0", "0.0001"]),
        ADJRW=dice.choice(["0.8525", "3.1475", "12.5", "+1.5", "0.0001", "0", "0.0000", "-0.5", "", "x"]),
    )


def make_zones(world: World) -> list[dict[str, str]]:
    """Zones of some facilities for every group: few names, so that many are alike."""
    codes = [*HOSPITALS, "04801", "10670", "99999"]
    return [
        {"group": group, "hospcode": code, "zone": world.dice.choice(["Z1", "Z1", "Z2", "Z3"])}
        for group in GROUPS
        for code in codes
        if world.chance(0.85)
    ]


def make_agreements(world: World) -> list[tuple[str, str]]:
    """Pairs of hospitals, in either direction, at times in both."""
    codes = [*HOSPITALS, "10670", "10669"]
    return sorted({tuple(world.dice.sample(codes, 2)) for _ in range(6)})  # type: ignore[misc]


def write_zips(world: World, folder: Path) -> list[Path]:
    """The facts sent as those of any world: versions, corrections, faults; one or two submissions a facility."""
    senders = sorted({fact.cells["HOSPCODE"] for fact in world.facts} | set(SENDERS))
    stamps = make_stamps(world)
    names = {
        code: [f"F43_{code}_{stamp}-r{at}.zip" for at, stamp in enumerate(world.dice.sample(stamps, 2))]
        for code in senders
    }
    names["EA0011053"] = [f"F43_EA0011053_{stamps[0]}-r.zip"]
    packages: Packages = {name: {} for own in names.values() for name in own}
    for fact in world.facts:
        send(world, fact, names, packages)
    paths = []
    for name, tables in packages.items():
        if tables:
            write_zip(world.dice, folder / name, tables)
            paths.append(folder / name)
    return paths
