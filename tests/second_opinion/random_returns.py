"""Stays one after the other in a random world: returns on the day, at 28 and 29 days, nested, tied, after a death."""

from collections.abc import Sequence

from second_opinion.random_world import DAY, Cells, World

ASTHMA = ("J45.0", "j459", "J46")
DM = ("E119", "E11.0", "e14", "E10.1")
HT = ("I10", "i11.9", "I674", "I15")
OTHER = ("J459", "I500", "E15")
TIMES = ("080000", "080000", "230000")
DAYS_AWAY = (0, 0, 0, 1, 27, 28, 28, 28, 29, 29, 30, -1, -2)


def add_returns(world: World, places: Sequence[Cells]) -> None:
    """ADMISSION rows of one disease, mostly: each begins so many days after the one before it, which may be longer."""
    dice = world.dice
    if world.chance(0.15):
        return
    codes = dice.choice((DM, DM, HT, HT, ASTHMA))
    admitted, time = world.near(world.start, world.end, world.end, world.inside()) - 2 * DAY, dice.choice(TIMES)
    for _ in range(dice.choice((1, 2, 2, 3, 3, 4))):
        left = admitted + dice.choice((0, 0, 1, 2, 2, 5)) * DAY
        place, admit = dice.choice(places), f"{admitted:%Y%m%d}{time}"
        leave = f"{left:%Y%m%d}{dice.choice(('090000', '235900'))}"
        add_stay(world, place, codes, admit, leave)
        if world.chance(0.3):  # a twin: begun at the same moment, here or elsewhere, ended with it or on the first day
            other = place if world.chance(0.7) else dice.choice(places)
            add_stay(world, other, codes, admit, leave if world.chance(0.7) else f"{admitted:%Y%m%d}235900")
        admitted, time = left + dice.choice(DAYS_AWAY) * DAY, dice.choice(TIMES)


def add_stay(world: World, place: Cells, codes: Sequence[str], admit: str, leave: str) -> None:
    """One stay with its diagnoses: of the disease, at times of another, or a stroke or the eye beside hypertension."""
    dice = world.dice
    # As text R10 is before R9; as numbers it is not.
    stay = {**place, "AN": f"R{dice.choice((9, 10))}{dice.randrange(1000):03d}"}
    world.add(
        "ADMISSION",
        stay,
        DATETIME_ADMIT=admit if world.chance(0.97) else "",
        DATETIME_DISCH=leave if world.chance(0.95) else "",
        INSTYPE=dice.choice(["0100"] * 14 + ["1100", "01000"]),
        DISCHTYPE=dice.choice(["1"] * 9 + ["4", "4", "4", "8", "9", "5", ""]),
        DISCHSTATUS=dice.choice(["2"] * 12 + ["8", "9", "1", ""]),
    )
    found = [(dice.choice(codes) if world.chance(0.94) else dice.choice(OTHER), "1")]
    if codes is HT and world.chance(0.3):
        found = [(dice.choice(("I61.9", "H35.0")), "1"), ("I10", "2")]
        if world.chance(0.3):
            found.append(("S06.5", dice.choice("245")))
    for code, kind in found:
        world.add("DIAGNOSIS_IPD", {**stay, "DATETIME_ADMIT": admit}, DIAGCODE=code, DIAGTYPE=kind)
