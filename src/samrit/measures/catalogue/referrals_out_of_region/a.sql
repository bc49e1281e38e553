-- A: those of B from one health region to another, both known, by hospitals that have no agreement
SELECT r.person_id, r.referral_id AS counted_id, r.row_id, r.facility
FROM referrals_of_group AS r
JOIN regions AS here ON here.facility = r.facility
JOIN regions AS there ON there.facility = r.destination
WHERE here.region <> there.region
  AND NOT EXISTS (SELECT 1 FROM agreements AS g WHERE g.facility = r.facility AND g.partner = r.destination)
