-- A: those of B with a dose from birth to the end of the period, under two years old; the dose may be before the period
SELECT v.person_id, v.person_id AS counted_id, v.row_id
FROM vaccinations AS v
JOIN people AS p ON p.person_id = v.person_id
WHERE in_codelist(v.vaccine, 'measles_vaccine') AND v.day BETWEEN p.birth_date AND $end
  AND age_on(p.birth_date, v.day) < 2
