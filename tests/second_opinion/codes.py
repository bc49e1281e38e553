"""Code prefixes of the lists of the definition book (`codelists/*.csv`), copied by hand; UC codes are whole codes."""

UC = ("0100",)
ASTHMA = ("J45", "J46")
CERVICAL_DIAGNOSIS = ("Z014", "Z124")
CERVICAL_SPECIAL_PP = ("1B004", "1B30", "1B40")
DEPRESSION = ("F32", "F33", "F341", "F38", "F39")
DM = ("E10", "E11", "E12", "E13", "E14")
DM_SHORT_TERM = ("E100", "E101", "E110", "E111", "E120", "E121", "E130", "E131", "E140", "E141")
EXTERNAL_CAUSE = (  # V01 to Y98
    *(f"V0{digit}" for digit in "123456789"),
    *(f"V{digit}" for digit in "123456789"),
    *("W", "X"),
    *(f"Y{digit}" for digit in "012345678"),
    *(f"Y9{digit}" for digit in "012345678"),
)
HOME_VISIT = ("1A",)
HT = ("I10", "I11", "I12", "I13", "I15")
HT_PRINCIPAL = (*HT, "I674")
HT_RETINA = ("H350",)
HT_STROKE = ("I60", "I61", "I62")
INJURY = ("S", "T")
MEASLES_VACCINE = ("061", "073", "074", "076")
REFER_CANCER = ("C", "D0")
REFER_HEART = ("I20", "I21", "I22", "I23", "I24", "I25")
SEALANT = ("2387030",)


def in_list(code: object, prefixes: tuple[str, ...]) -> bool:
    """S7.1: the normalised code starts with one of the prefixes."""
    return isinstance(code, str) and normalise(code).startswith(prefixes)


def normalise(code: str) -> str:
    """S7.1: upper case, A-Z and 0-9 only."""
    return "".join(sign for sign in code.upper() if sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def pad_vaccine(code: object) -> object:
    """S7.2: a vaccine type of digits only has three of them at least, zeros first."""
    return code.zfill(3) if isinstance(code, str) and code.isascii() and code.isdigit() else code
