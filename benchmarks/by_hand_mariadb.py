"""Hand-written MariaDB for ten items of FY2557, the way health offices write them over the 43 files of their province.

Every table has the person's number in `cid`, as the files have had since 2.4; `t_person_cid` is the table of persons
that such offices keep: one row per person with the home on the census day (check_hosp), the card and the birth. A and B
per home facility. Ties of one day or one pregnancy are settled as the views settle them, else counts could not agree.
"""

S, E, C = "'2013-04-01'", "'2014-03-31'", "'2013-10-01'"
LIVES = "p.check_hosp <> ''"
THAI = f"{LIVES} AND p.nation = '099'"


def code(column: str, length: int) -> str:
    """The first letters of a code without its dot."""
    return f"LEFT(REPLACE(UPPER({column}), '.', ''), {length})"


def age(birth: str, day: str) -> str:
    """Completed years."""
    return f"TIMESTAMPDIFF(YEAR, {birth}, {day})"


DM = f"{code('chronic', 3)} IN ('E10', 'E11', 'E12', 'E13', 'E14')"
HT = f"{code('chronic', 3)} IN ('I10', 'I11', 'I12', 'I13', 'I15')"


def part(b: str, a: str) -> str:
    """B: FROM and WHERE of persons p; A: a SELECT of cid. A counts inside B."""
    return f"""SELECT p.check_hosp, COUNT(a.cid), COUNT(*) FROM (SELECT p.* {b}) AS p
        LEFT JOIN (SELECT DISTINCT cid FROM ({a}) AS x) AS a ON a.cid = p.cid GROUP BY p.check_hosp"""


def registered(disease: str) -> str:
    """Persons on the register of a disease before the census day."""
    return f"""FROM t_person_cid AS p JOIN (SELECT DISTINCT cid FROM chronic WHERE {disease} AND date_diag < {C}) AS c
        ON c.cid = p.cid WHERE {THAI}"""


PREGNANCIES = f"""SELECT l.cid, l.gravida, p.check_hosp FROM (
        SELECT cid, gravida, bdate, btype, ROW_NUMBER() OVER (
            PARTITION BY cid, gravida ORDER BY d_update DESC, hospcode, pid, bdate) AS n
        FROM labor WHERE gravida IS NOT NULL) AS l
    JOIN t_person_cid AS p ON p.cid = l.cid
    WHERE l.n = 1 AND {THAI} AND l.bdate BETWEEN {S} AND {E} AND l.btype <> '6'"""
BY_HAND = {
    "anc_first_visit_12_weeks": f"""SELECT b.check_hosp, COUNT(a.cid), COUNT(*) FROM ({PREGNANCIES}) AS b
        LEFT JOIN (SELECT DISTINCT cid, gravida FROM anc WHERE ga BETWEEN 1 AND 12) AS a
        ON a.cid = b.cid AND a.gravida = b.gravida GROUP BY b.check_hosp""",
    "cervical_screening_cumulative": part(
        f"FROM t_person_cid AS p WHERE {THAI} AND p.sex = '2' AND {age('p.birth', C)} BETWEEN 30 AND 60",
        f"""SELECT cid FROM diagnosis_opd WHERE {code("diagcode", 4)} IN ('Z014', 'Z124')
            AND date_serv BETWEEN '2009-04-01' AND {E}
            UNION ALL SELECT cid FROM specialpp
            WHERE ({code("ppspecial", 5)} = '1B004' OR {code("ppspecial", 4)} IN ('1B30', '1B40'))
            AND date_serv BETWEEN '2009-04-01' AND {E}""",
    ),
    "measles_vaccine_age_1": part(
        f"FROM t_person_cid AS p WHERE {THAI} AND p.birth BETWEEN '2012-04-01' AND '2013-03-31'",
        f"""SELECT e.cid FROM epi AS e JOIN t_person_cid AS q ON q.cid = e.cid
            WHERE LPAD(e.vaccinetype, 3, '0') IN ('061', '073', '074', '076')
            AND e.date_serv BETWEEN q.birth AND {E} AND {age("q.birth", "e.date_serv")} < 2""",
    ),
    "p1_oral_examination": part(
        f"FROM t_person_cid AS p WHERE {THAI} AND {age('p.birth', C)} BETWEEN 6 AND 7",
        f"SELECT cid FROM dental WHERE date_serv BETWEEN {S} AND {E}",
    ),
    "dm_ht_screening": part(
        f"""FROM t_person_cid AS p WHERE {THAI} AND {age("p.birth", C)} BETWEEN 35 AND 59
            AND NOT EXISTS (SELECT 1 FROM chronic AS c WHERE c.cid = p.cid AND ({DM} OR {HT}) AND c.date_diag < {S})""",
        f"""SELECT cid FROM ncdscreen WHERE date_serv BETWEEN {S} AND {E} GROUP BY cid
            HAVING SUM(bstest IN ('1', '2', '3', '4') AND bslevel > 0) > 0 AND SUM(sbp_1 > 30 AND dbp_1 > 20) > 0""",
    ),
    "dm_retina_exam": part(
        registered(DM),
        f"SELECT cid FROM chronicfu WHERE date_serv BETWEEN {S} AND {E} AND retina IN ('1', '2', '3', '4')",
    ),
    "ht_controlled": part(
        registered(HT),
        f"""SELECT cid FROM (
                SELECT cid, sbp, dbp, ROW_NUMBER() OVER (PARTITION BY cid ORDER BY date_serv DESC) AS back FROM (
                    SELECT cid, date_serv, sbp, dbp, ROW_NUMBER() OVER (
                        PARTITION BY cid, date_serv ORDER BY d_update DESC, hospcode, pid) AS n
                    FROM chronicfu WHERE date_serv BETWEEN {S} AND {E}
                    AND sbp BETWEEN 50 AND 300 AND dbp BETWEEN 20 AND 200 AND dbp < sbp) AS d
                WHERE n = 1) AS r
            WHERE back <= 2 GROUP BY cid HAVING COUNT(*) = 2 AND MAX(sbp) < 140 AND MAX(dbp) < 90""",
    ),
    "chronic_home_visit": part(
        registered("typedisch = '03'"),
        f"SELECT cid FROM community_service WHERE comservice LIKE '1A%' AND date_serv BETWEEN {S} AND {E}",
    ),
    "depression_access": part(
        f"FROM t_person_cid AS p WHERE {THAI} AND {age('p.birth', C)} >= 15",
        " UNION ALL ".join(
            f"""SELECT cid FROM {table} WHERE ({code("diagcode", 3)} IN ('F32', 'F33', 'F38', 'F39')
            OR {code("diagcode", 4)} = 'F341') AND {day} BETWEEN {S} AND {E}"""
            for table, day in (("diagnosis_opd", "date_serv"), ("diagnosis_ipd", "DATE(datetime_admit)"))
        ),
    ),
    "dm_patient_admission_rate": f"""SELECT hosp, SUM(a), SUM(b) FROM (
        SELECT p.check_hosp AS hosp, COUNT(*) AS a, 0 AS b FROM admission AS s
        JOIN (SELECT hospcode, an, diagcode, ROW_NUMBER() OVER (
                PARTITION BY hospcode, an ORDER BY d_update DESC, diagcode) AS n
              FROM diagnosis_ipd WHERE diagtype = '1') AS d ON d.hospcode = s.hospcode AND d.an = s.an AND d.n = 1
        JOIN t_person_cid AS p ON p.cid = s.cid
        WHERE {LIVES} AND s.instype = '0100' AND DATE(s.datetime_disch) BETWEEN {S} AND {E}
        AND {age("p.birth", "DATE(s.datetime_admit)")} >= 15
        AND {code("d.diagcode", 4)} IN ('E100', 'E101', 'E110', 'E111', 'E120', 'E121', 'E130', 'E131', 'E140', 'E141')
        GROUP BY p.check_hosp
        UNION ALL
        SELECT p.check_hosp, 0, COUNT(*) FROM t_person_cid AS p
        JOIN (SELECT DISTINCT cid FROM chronic WHERE {DM} AND date_diag < {C}) AS c ON c.cid = p.cid
        WHERE {LIVES} AND p.instype = '0100' AND {age("p.birth", C)} >= 15 GROUP BY p.check_hosp) AS u GROUP BY hosp""",
}
