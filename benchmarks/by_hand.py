"""Hand-written DuckDB for the catalogue over one year: A and B per facility, contracting unit, sex and age band.

Written for one period and one census day, as an analyst would for one report, tables that many items need made first;
the yardstick of counting.py. Everything that a query needs of a person's place is in `res`.
"""

S, E, C = "DATE '2013-04-01'", "DATE '2014-03-31'", "DATE '2013-10-01'"
DM = "left(code, 3) IN ('E10', 'E11', 'E12', 'E13', 'E14')"
HT = "left(code, 3) IN ('I10', 'I11', 'I12', 'I13', 'I15')"


def age(birth: str, day: str) -> str:
    """Completed years."""
    return (
        f"(year({day}) - year({birth}) - "
        f"(CASE WHEN month({day}) * 100 + day({day}) < month({birth}) * 100 + day({birth}) THEN 1 ELSE 0 END))"
    )


PLACE = "facility, unit, sex, band"
OF_RES, OF_STAY = "r.facility, r.unit, r.sex, r.band", "t.facility, t.unit, t.sex, t.band"
NOT_COUNTED = {
    "data_exchange_use": "reads logs, and a home of demo data has none",
    "smart_health_id_use": "reads logs, and a home of demo data has none",
}
STROKE = "left(s.principal_diagnosis, 3) IN ('I60', 'I61', 'I62')"
HT_PRINCIPAL = "(left({0}, 3) IN ('I10', 'I11', 'I12', 'I13', 'I15') OR left({0}, 4) = 'I674')"
SHARED = {
    "res": f"""SELECT r.person_id, r.home_facility AS facility, r.sex, r.birth_date, r.nation = '099' AS thai,
        r.insurance = '0100' AS uc, {age("r.birth_date", C)} AS age,
        CASE WHEN {age("r.birth_date", C)} >= 0 THEN least({age("r.birth_date", C)}, 80) // 5 * 5 END AS band,
        coalesce(CASE WHEN r.insurance = '0100' THEN m.facility END, o.contracting_unit, '') AS unit
        FROM registrations AS r LEFT JOIN organisation AS o ON o.facility = r.home_facility
        LEFT JOIN organisation AS m ON m.facility = r.main_unit
        WHERE r.home_facility IS NOT NULL AND {C} BETWEEN r.valid_from AND r.valid_to""",
    "dm": f"SELECT DISTINCT person_id FROM chronic_register WHERE {DM} AND diagnosed_on < {C}",
    "ht": f"SELECT DISTINCT person_id FROM chronic_register WHERE {HT} AND diagnosed_on < {C}",
    "stays": f"""SELECT s.admission_id, s.principal_diagnosis AS code, {OF_RES} FROM admissions AS s
        JOIN people AS p USING (person_id) JOIN res AS r USING (person_id)
        WHERE s.insurance = '0100' AND s.discharged_on BETWEEN {S} AND {E}
        AND {age("p.birth_date", "s.admitted_on")} >= 15""",
    "ht_stays": f"""SELECT s.admission_id FROM admissions AS s JOIN (
        SELECT admission_id, bool_or(kind = '2' AND {HT_PRINCIPAL.format("code")}) AS beside,
        bool_or(left(code, 1) IN ('S', 'T')) AS injured FROM admission_diagnoses GROUP BY 1) AS d
        USING (admission_id)
        WHERE {HT_PRINCIPAL.format("s.principal_diagnosis")}
        OR (d.beside AND left(s.principal_diagnosis, 4) = 'H350')
        OR ({STROKE} AND d.beside AND NOT d.injured)""",
    "screened": """SELECT person_id, day FROM visit_diagnoses WHERE left(code, 4) IN ('Z014', 'Z124')
        UNION ALL SELECT person_id, day FROM special_services
        WHERE left(code, 5) = '1B004' OR left(code, 4) IN ('1B30', '1B40')""",
}


def part(b: str, a: str) -> str:
    """B: a SELECT of id and place; A: a SELECT of ids; A counts inside B."""
    return f"""WITH b AS ({b}), a AS ({a}) SELECT {PLACE}, count(a.id) AS a, count(*) AS b
        FROM b LEFT JOIN (SELECT DISTINCT id FROM a) AS a ON a.id = b.id GROUP BY ALL"""


def apart(b: str, a: str) -> str:
    """A and B counted side by side: both SELECTs give the place."""
    return f"""SELECT {PLACE}, sum(a)::INT, sum(b)::INT FROM (
        SELECT {PLACE}, count(*) AS a, 0 AS b FROM ({a}) GROUP BY ALL
        UNION ALL SELECT {PLACE}, 0, count(*) FROM ({b}) GROUP BY ALL) GROUP BY ALL"""


PREGNANT = f"""SELECT p.pregnancy_id AS id, {OF_RES} FROM pregnancies AS p JOIN res AS r USING (person_id)
    WHERE r.thai AND p.ended_on BETWEEN {S} AND {E} AND p.birth_type <> '6'"""
VISITS = "FROM pregnancies AS p JOIN antenatal_visits AS v ON v.person_id = p.person_id AND v.gravida = p.gravida"
WINDOWS = (
    "(CASE WHEN week BETWEEN 1 AND 12 THEN 1 WHEN week BETWEEN 16 AND 20 THEN 2 WHEN week BETWEEN 24 AND 28 THEN 3 "
    "WHEN week BETWEEN 30 AND 34 THEN 4 WHEN week BETWEEN 36 AND 40 THEN 5 END)"
)
THAI = f"SELECT person_id AS id, {PLACE} FROM res WHERE thai AND "
UC = f"SELECT person_id AS id, {PLACE} FROM res WHERE uc AND "


def referred(leaves: str) -> str:
    """Referrals of the four disease groups, and those that leave; without agreements and zones, as a demo has none."""
    return f"""WITH q AS (SELECT r.* FROM referrals AS r LEFT JOIN people AS p USING (person_id)
            WHERE r.referred_on BETWEEN {S} AND {E} AND r.cause NOT IN ('6', '7')
            AND (r.reply = '1' OR r.reply_row_id IS NULL)
            AND (left(principal_diagnosis, 3) IN ('I20', 'I21', 'I22', 'I23', 'I24', 'I25')
                OR left(principal_diagnosis, 1) IN ('C', 'V', 'W', 'X', 'Y') OR left(principal_diagnosis, 2) = 'D0'
                OR date_diff('day', p.birth_date, r.referred_on) BETWEEN 0 AND 28 OR r.referral_id IN (
                    SELECT referral_id FROM referral_diagnoses WHERE left(code, 1) IN ('V', 'W', 'X', 'Y')))),
        a AS (SELECT q.referral_id FROM q {leaves})
        SELECT q.facility, coalesce(o.contracting_unit, ''), '', NULL, count(a.referral_id), count(*)
        FROM q LEFT JOIN a USING (referral_id) LEFT JOIN organisation AS o ON o.facility = q.facility GROUP BY ALL"""


def returned(group: str) -> str:
    """Stays of a group that ended alive, and those after which the same person was back within 28 days."""
    return f"""WITH f AS (SELECT s.*, row_number() OVER (
            PARTITION BY person_id ORDER BY admitted_at, facility, stay_no) AS place
            FROM admissions AS s WHERE insurance = '0100' AND admitted_at IS NOT NULL AND {group}),
        back AS (SELECT DISTINCT left_id FROM (SELECT l.admission_id AS left_id,
            date_diff('day', l.discharged_on, b.admitted_on) AS days, row_number() OVER (
                PARTITION BY b.admission_id ORDER BY l.discharged_at DESC, l.place DESC) AS n
            FROM f AS b JOIN f AS l ON l.person_id = b.person_id AND l.place < b.place
            AND l.discharged_on <= b.admitted_on) WHERE n = 1 AND days <= 28)
        SELECT f.facility, coalesce(o.contracting_unit, ''), '', NULL, count(back.left_id), count(*)
        FROM f LEFT JOIN back ON back.left_id = f.admission_id LEFT JOIN organisation AS o ON o.facility = f.facility
        WHERE f.discharged_on BETWEEN {S} AND {E} AND NOT f.died AND NOT f.transferred GROUP BY ALL"""


BY_HAND = {
    "anc_five_visits": part(
        PREGNANT, f"SELECT pregnancy_id AS id {VISITS} GROUP BY 1 HAVING count(DISTINCT {WINDOWS}) = 5"
    ),
    "anc_first_visit_12_weeks": part(PREGNANT, f"SELECT pregnancy_id AS id {VISITS} WHERE v.week BETWEEN 1 AND 12"),
    "cervical_screening_cumulative": part(
        THAI + "sex = '2' AND age BETWEEN 30 AND 60",
        f"SELECT person_id AS id FROM screened WHERE day BETWEEN DATE '2009-04-01' AND {E}",
    ),
    "measles_vaccine_age_1": part(
        THAI + "birth_date >= DATE '2012-04-01' AND birth_date < DATE '2013-04-01'",
        f"""SELECT v.person_id AS id FROM vaccinations AS v JOIN people AS p USING (person_id)
            WHERE v.vaccine IN ('061', '073', '074', '076') AND v.day BETWEEN p.birth_date AND {E}
            AND {age("p.birth_date", "v.day")} < 2""",
    ),
    "p1_oral_examination": part(
        THAI + "age BETWEEN 6 AND 7", f"SELECT person_id AS id FROM dental_visits WHERE day BETWEEN {S} AND {E}"
    ),
    "dm_ht_screening": part(
        THAI
        + f"""age BETWEEN 35 AND 59 AND person_id NOT IN (SELECT person_id FROM chronic_register
            WHERE ({DM} OR {HT}) AND diagnosed_on < {S})""",
        f"""SELECT person_id AS id FROM screenings WHERE day BETWEEN {S} AND {E} GROUP BY 1
            HAVING bool_or(glucose_test IN ('1', '2', '3', '4') AND glucose > 0) AND bool_or(sbp > 30 AND dbp > 20)""",
    ),
    "op_primary_to_hospital_ratio": f"""SELECT o.contracting_unit AS facility, o.contracting_unit AS unit, '', NULL,
        count(*) FILTER (f.kind IN ('18', '08', '04'))::INT, count(*) FILTER (f.kind IN ('05', '06', '07'))::INT
        FROM visits AS v JOIN facilities AS f ON f.facility = v.facility
        JOIN organisation AS o ON o.facility = v.facility
        WHERE v.day BETWEEN {S} AND {E} AND v.insurance = '0100' AND v.place = '1' AND o.contracting_unit <> ''
        GROUP BY ALL""",
    "asthma_patient_admission_rate": apart(
        f"""SELECT {PLACE} FROM res WHERE uc AND age >= 15 AND person_id IN (
            SELECT person_id FROM chronic_register WHERE left(code, 3) IN ('J45', 'J46') AND diagnosed_on < {C}
            UNION ALL SELECT person_id FROM diagnoses WHERE left(code, 3) IN ('J45', 'J46')
            AND day >= DATE '2012-10-01' AND day < {C})""",
        f"SELECT {PLACE} FROM stays WHERE left(code, 3) IN ('J45', 'J46')",
    ),
    "dm_patient_admission_rate": apart(
        f"SELECT {OF_RES} FROM res AS r JOIN dm USING (person_id) WHERE uc AND age >= 15",
        f"SELECT {PLACE} FROM stays WHERE {DM} AND substring(code, 4, 1) IN ('0', '1')",
    ),
    "ht_patient_admission_rate": apart(
        f"SELECT {OF_RES} FROM res AS r JOIN ht USING (person_id) WHERE uc AND age >= 15",
        f"SELECT {OF_STAY} FROM stays AS t JOIN ht_stays USING (admission_id)",
    ),
    "dm_retina_exam": part(
        f"SELECT person_id AS id, {OF_RES} FROM res AS r JOIN dm USING (person_id) WHERE thai",
        f"SELECT person_id AS id FROM follow_ups WHERE day BETWEEN {S} AND {E} AND retina IN ('1', '2', '3', '4')",
    ),
    "ht_controlled": part(
        f"SELECT person_id AS id, {OF_RES} FROM res AS r JOIN ht USING (person_id) WHERE thai",
        f"""SELECT person_id AS id FROM (SELECT person_id, sbp, dbp, row_number() OVER (
            PARTITION BY person_id ORDER BY day DESC) AS back FROM blood_pressures WHERE day BETWEEN {S} AND {E})
            WHERE back <= 2 GROUP BY 1 HAVING count(*) = 2 AND max(sbp) < 140 AND max(dbp) < 90""",
    ),
    "disability_icf": part(
        f"""SELECT DISTINCT person_id AS id, {OF_RES} FROM res AS r JOIN disabilities AS d USING (person_id)
            WHERE r.thai AND d.registered AND d.detected_on <= {E}""",
        f"""SELECT person_id AS id FROM functional_assessments
            WHERE qualifier IN ('0', '1', '2', '3', '4', '8', '9') AND day <= {E}""",
    ),
    "p1_sealant": part(
        THAI + "age BETWEEN 6 AND 7",
        f"""SELECT person_id AS id FROM procedures
            WHERE setting = 'opd' AND code = '2387030' AND day BETWEEN {S} AND {E}""",
    ),
    "chronic_home_visit": part(
        f"""SELECT DISTINCT person_id AS id, {OF_RES} FROM res AS r JOIN chronic_register AS c USING (person_id)
            WHERE r.thai AND c.status = '03' AND c.diagnosed_on < {C}""",
        f"SELECT person_id AS id FROM community_services WHERE left(code, 2) = '1A' AND day BETWEEN {S} AND {E}",
    ),
    "depression_access": part(
        THAI + "age >= 15",
        f"""SELECT person_id AS id FROM diagnoses WHERE (left(code, 3) IN ('F32', 'F33', 'F38', 'F39')
            OR left(code, 4) = 'F341') AND day BETWEEN {S} AND {E}""",
    ),
    "asthma_admission_rate": apart(
        f"SELECT {PLACE} FROM res WHERE uc AND age >= 15",
        f"SELECT {PLACE} FROM stays WHERE left(code, 3) IN ('J45', 'J46')",
    ),
    "dm_short_term_admission_rate": apart(
        f"SELECT {PLACE} FROM res WHERE uc AND age >= 15",
        f"SELECT {PLACE} FROM stays WHERE {DM} AND substring(code, 4, 1) IN ('0', '1')",
    ),
    "ht_admission_rate": apart(
        f"SELECT {PLACE} FROM res WHERE uc AND age >= 15",
        f"SELECT {OF_STAY} FROM stays AS t JOIN ht_stays USING (admission_id)",
    ),
    "health_risk_screening_coverage": part(
        UC + "age >= 35",
        f"""SELECT person_id AS id FROM screenings WHERE day BETWEEN {S} AND {E} AND smoke IN ('1', '2', '3', '4')
            AND alcohol IN ('1', '2', '3', '4') AND weight > 0 AND height > 0 AND waist > 0 AND sbp > 0 AND dbp > 0""",
    ),
    "cervical_screening_coverage": part(
        UC + "sex = '2' AND age IN (35, 40, 45, 50, 55, 60)",
        f"SELECT person_id AS id FROM screened WHERE day BETWEEN {S} AND {E}",
    ),
    "dm_readmission_28_days": returned(DM.replace("code", "principal_diagnosis")),
    "ht_readmission_28_days": returned("admission_id IN (SELECT admission_id FROM ht_stays)"),
    "case_mix_index": f"""SELECT s.facility, coalesce(o.contracting_unit, ''), '', NULL, sum(s.adjrw), count(*)
        FROM admissions AS s LEFT JOIN organisation AS o ON o.facility = s.facility
        WHERE s.discharged_on BETWEEN {S} AND {E} AND s.rw > 0 AND s.adjrw > 0
            AND s.drg NOT IN ('', '00000') AND left(s.drg, 3) <> '265'
        GROUP BY ALL""",
    "referrals_out_of_region": referred("""JOIN facilities AS own ON own.facility = q.facility
        JOIN facilities AS other ON other.facility = q.destination
        WHERE own.region <> '' AND other.region <> '' AND own.region <> other.region"""),
    "referrals_out_of_zone": referred("WHERE FALSE"),
}
