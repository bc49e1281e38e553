"""A demo has something to say for every measure: people in A and people in B alone.

The counts here are plain ones on standing rows, without cards of other facilities and ties; they are no second engine.
"""

import re
from collections import Counter, defaultdict

PERIOD = ("20130401", "20140331")
CENSUS = "20131001"


def persons(demo):
    """(HOSPCODE, PID) -> who, and who -> row at home (Thai or not)."""
    who, home = {}, {}
    for row in demo.standing("PERSON"):
        name = row["CID"] if row["CID"] and row["CID"][0] != "0" else row["HOSPCODE"] + row["PID"]
        who[row["HOSPCODE"], row["PID"]] = name
        if row["TYPEAREA"] in ("1", "3") and row["DISCHARGE"] == "9":
            home[name] = row
    return who, home


def by_person(demo, name, who):
    found = defaultdict(list)
    for row in demo.standing(name):
        found[who.get((row["HOSPCODE"], row["PID"]))].append(row)
    return found


def in_period(row, column="DATE_SERV"):
    return PERIOD[0] <= row[column][:8] <= PERIOD[1]


def registered(demo, who, prefix):
    return {
        person
        for person, rows in by_person(demo, "CHRONIC", who).items()
        if any(row["CHRONIC"].startswith(prefix) and row["DATE_DIAG"] < CENSUS for row in rows)
    }


def uc(demo, who):
    """People with a UC card that holds on the census day."""
    return {
        person
        for person, rows in by_person(demo, "CARD", who).items()
        if any(
            row["INSTYPE_NEW"] == "0100" and row["STARTDATE"] <= CENSUS and (row["EXPIREDATE"] or "9") >= CENSUS
            for row in rows
        )
    }


def test_first_antenatal_visit_has_early_and_late_mothers(demo):
    who, home = persons(demo)
    weeks = defaultdict(set)
    for row in demo.standing("ANC"):
        if row["GA"].isdigit():
            weeks[who[row["HOSPCODE"], row["PID"]], int(row["GRAVIDA"])].add(int(row["GA"]))
    mothers = {
        (who[row["HOSPCODE"], row["PID"]], int(row["GRAVIDA"]))
        for row in demo.standing("LABOR")
        if in_period(row, "BDATE") and row["BTYPE"] != "6"
    }
    mothers = {mother for mother in mothers if mother[0] in home}
    early = {mother for mother in mothers if any(1 <= week <= 12 for week in weeks[mother])}
    assert len(mothers) > 15
    assert 0.3 < len(early) / len(mothers) < 1
    assert any(row["HOSPCODE"] == "10705" for row in demo.standing("LABOR"))


def test_the_chronically_ill_are_admitted_for_it_and_mostly_are_not(demo):
    who, home = persons(demo)
    principal = {
        (row["HOSPCODE"], row["AN"]): row["DIAGCODE"].upper().replace(".", "")
        for row in demo.standing("DIAGNOSIS_IPD")
        if row["DIAGTYPE"] == "1"
    }
    counted = [
        row
        for row in demo.standing("ADMISSION")
        if re.match(r"E1[0-4][01]|I1|J4[56]", principal.get((row["HOSPCODE"], row["AN"]), ""))
        and in_period(row, "DATETIME_DISCH")
        and row["INSTYPE"] == "0100"
        and who[row["HOSPCODE"], row["PID"]] in home
    ]
    patients = (registered(demo, who, "E1") | registered(demo, who, "I1")) & uc(demo, who) & set(home)
    assert len(patients) > 200
    # 1 to 5 of a hundred patients in a year.
    assert 0.005 < len(counted) / len(patients) < 0.07


def test_hypertension_is_controlled_in_some_and_not_in_others_by_either_figure_and_by_absence(demo):
    who, home = persons(demo)
    patients = registered(demo, who, "I1") & set(home)
    readings = defaultdict(dict)
    for row in demo.standing("CHRONICFU"):
        if in_period(row) and row["SBP"].isdigit() and row["DBP"].isdigit() and 20 <= int(row["DBP"]) < int(row["SBP"]):
            readings[who.get((row["HOSPCODE"], row["PID"]))][row["DATE_SERV"]] = int(row["SBP"]), int(row["DBP"])
    last = {person: [readings[person][day] for day in sorted(readings[person])[-2:]] for person in patients}
    controlled = {p for p, two in last.items() if len(two) == 2 and all(s < 140 and d < 90 for s, d in two)}
    assert 0.3 < len(controlled) / len(patients) < 0.75
    assert any(not two for two in last.values())
    assert any(len(two) == 1 and two[0][0] < 140 and two[0][1] < 90 for two in last.values())
    assert any(s < 140 and d >= 90 for two in last.values() for s, d in two)
    assert any(s >= 140 for two in last.values() for s, d in two)


def test_risk_screening_is_whole_for_some_half_for_others_and_missing_for_the_rest(demo):
    who, home = persons(demo)
    grown = {p for p, row in home.items() if row["BIRTH"].isdigit() and row["BIRTH"] <= "19781001"}
    people = grown & uc(demo, who)
    whole, half = set(), set()
    for person, rows in by_person(demo, "NCDSCREEN", who).items():
        for row in rows:
            if in_period(row):
                good = row["SMOKE"] in ("1", "2", "3", "4") and row["ALCOHOL"] in ("1", "2", "3", "4")
                sizes = ("WEIGHT", "HEIGHT", "WAIST_CM", "SBP_1", "DBP_1")
                good = good and all(re.fullmatch(r"\d+(\.\d+)?", row[c]) and row[c] != "0" for c in sizes)
                (whole if good else half).add(person)
    assert 0.3 < len(people & whole) / len(people) < 0.97
    assert people & (half - whole)
    assert any(row["SMOKE"] == "9" for row in demo.rows["NCDSCREEN"])
    assert people - whole - half


def test_the_other_measures_find_rows_too(demo):
    codes = {row["DIAGCODE"] for row in demo.rows["DIAGNOSIS_OPD"] + demo.rows["DIAGNOSIS_IPD"]}
    for prefix in ("J45", "I1", "Z124", "Z014", "F32", "S06", "V29", "C", "I21"):
        assert any(code.startswith(prefix) for code in codes), prefix
    assert any(row["RETINA"] in ("1", "2", "3", "4") for row in demo.rows["CHRONICFU"])
    assert any(row["PPSPECIAL"].startswith("1B004") for row in demo.rows["SPECIALPP"])
    assert any(row["VACCINETYPE"] == "061" for row in demo.rows["EPI"])
    assert any(row["PROCEDCODE"] == "2387030" for row in demo.rows["PROCEDURE_OPD"])
    assert any(row["COMSERVICE"].startswith("1A") for row in demo.rows["COMMUNITY_SERVICE"])
    assert any(row["BSTEST"] == "9" for row in demo.rows["NCDSCREEN"])
    assert demo.rows["ICF"]
    assert "1" in {row["REFER_RESULT"] for row in demo.rows["REFER_RESULT"]}
    assert {"10670", "10671"} & {row["HOSP_DESTINATION"] for row in demo.rows["REFER_HISTORY"]}
    assert Counter(row["TYPEDISCH"] for row in demo.rows["CHRONIC"]).most_common(1)[0][0] == "03"


def test_an_answer_belongs_to_a_referral_that_was_sent_to_the_answering_hospital(demo):
    sent = {(row["HOSPCODE"], row["REFERID"]): row["HOSP_DESTINATION"] for row in demo.rows["REFER_HISTORY"]}
    for row in demo.rows["REFER_RESULT"]:
        assert sent[row["HOSP_SOURCE"], row["REFERID_SOURCE"]] == row["HOSPCODE"]


def test_weights_of_a_stay_follow_the_rule_for_short_stays(demo):
    # Pneumonia with a minor comorbidity (04520): RW 0.5661, RW0D 0.5152, mean stay 3.71 days, a third of it 1.2.
    # Two nights are past it, so the whole weight counts.
    stayed = [row for row in demo.rows["ADMISSION"] if row["DRG"] == "04520" and int(row["ACTLOS"]) >= 2]
    assert stayed
    assert {row["ADJRW"] for row in stayed} == {"0.5661"}
    # Pneumonia sent on the same day: 0.5152 instead of 0.5661.
    sent_on = [row for row in demo.rows["ADMISSION"] if row["DRG"] == "04520" and row["DISCHTYPE"] == "4"]
    assert {row["ADJRW"] for row in sent_on} <= {"0.5152"}


def test_referrals_of_every_group_leave_the_region_or_stay_in_it(demo):
    sent = [
        row for row in demo.standing("REFER_HISTORY") if in_period(row, "DATETIME_REFER") and row["CAUSEOUT"] == "1"
    ]
    groups = Counter(row["PTYPEDIS"] for row in sent)
    assert {"01", "03", "04"} <= set(groups)
    # 10670 Khon Kaen is in region 7, all other destinations in region 8 with Loei
    beyond = sum(row["HOSP_DESTINATION"] == "10670" for row in sent)
    assert 0 < beyond < len(sent)


def test_the_case_mix_of_the_hospitals_is_that_of_common_illnesses(demo):
    weights = [
        float(row["ADJRW"])
        for row in demo.standing("ADMISSION")
        if not row["DRG"].startswith("265") and re.fullmatch(r"[0-9]+\.[0-9]{4}", row["ADJRW"])
    ]
    assert len(weights) > 50
    # the lightest illness weighs 0.31, the heaviest 1.39; most are of the lighter half
    assert 0.4 < sum(weights) / len(weights) < 0.9
