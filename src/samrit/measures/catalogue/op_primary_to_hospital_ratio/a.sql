-- A: UC visits of the period inside a primary-care facility; no person is needed, outreach is left out
SELECT v.person_id, v.row_id AS counted_id, v.row_id, v.facility
FROM visits AS v
JOIN facilities AS f ON f.facility = v.facility AND $census BETWEEN f.valid_from AND f.valid_to
WHERE v.day BETWEEN $start AND $end AND is_code(v.insurance, 'uc') AND v.place = '1'
  AND f.kind IN ('18', '08', '04')
