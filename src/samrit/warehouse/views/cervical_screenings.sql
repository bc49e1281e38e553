SELECT hospital AS facility, person_id, row_id, day, method, result
FROM claimed_cervical
