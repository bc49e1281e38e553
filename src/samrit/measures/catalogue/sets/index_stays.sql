-- Stays that a person can return after: ended in the period, alive and not by transfer (S9.2)
SELECT disease, person_id, facility, admission_id, row_id
FROM followed_stays
WHERE discharged_on BETWEEN $start AND $end AND NOT died AND NOT transferred
