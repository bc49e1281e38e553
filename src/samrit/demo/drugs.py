"""Drugs: a small invented list of what is given, with 24-digit numbers that are nobody's."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drug:
    """One drug: number in the list, name, usual amount, price and cost of one unit in satang."""

    number: int
    name: str
    amount: int
    price: int
    cost: int

    @property
    def code(self) -> str:
        """DIDSTD: 24 digits, beginning with 99 so that it meets no real code."""
        return f"99{self.number:022d}"


PARACETAMOL = Drug(1, "PARACETAMOL TAB 500 MG", 20, 50, 30)
AMOXICILLIN = Drug(2, "AMOXICILLIN CAP 500 MG", 20, 200, 120)
CHLORPHENIRAMINE = Drug(3, "CHLORPHENIRAMINE TAB 4 MG", 10, 25, 12)
ANTACID = Drug(4, "ALUM MILK SUSP 240 ML", 1, 2500, 1500)
IBUPROFEN = Drug(5, "IBUPROFEN TAB 400 MG", 15, 100, 60)
ORS = Drug(6, "ORAL REHYDRATION SALTS", 3, 300, 180)
NORFLOXACIN = Drug(7, "NORFLOXACIN TAB 400 MG", 10, 200, 110)
AMLODIPINE = Drug(8, "AMLODIPINE TAB 5 MG", 60, 100, 45)
ENALAPRIL = Drug(9, "ENALAPRIL TAB 5 MG", 60, 75, 35)
METFORMIN = Drug(10, "METFORMIN TAB 500 MG", 120, 75, 40)
GLIPIZIDE = Drug(11, "GLIPIZIDE TAB 5 MG", 60, 75, 35)
SALBUTAMOL = Drug(12, "SALBUTAMOL MDI", 1, 9000, 5800)
BUDESONIDE = Drug(13, "BUDESONIDE MDI", 1, 21000, 15000)
SALINE = Drug(14, "NSS 1000 ML", 2, 4500, 2800)
CEFTRIAXONE = Drug(15, "CEFTRIAXONE INJ 1 G", 2, 6000, 3500)
INSULIN = Drug(16, "INSULIN NPH INJ", 1, 12000, 8500)
FERROUS = Drug(17, "FERROUS FUMARATE TAB 200 MG", 30, 50, 25)
FLUOXETINE = Drug(18, "FLUOXETINE CAP 20 MG", 30, 150, 70)
OXYTOCIN = Drug(19, "OXYTOCIN INJ 10 UNIT", 1, 2500, 1300)
TETANUS = Drug(20, "TETANUS TOXOID INJ", 1, 2000, 1100)
