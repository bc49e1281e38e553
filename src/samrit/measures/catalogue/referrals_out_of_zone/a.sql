-- A: those of B inside one health region, from one zone of the disease group to another, both known
SELECT r.person_id, r.referral_id AS counted_id, r.row_id, r.facility
FROM referrals_of_group AS r
JOIN regions AS here ON here.facility = r.facility
JOIN regions AS there ON there.facility = r.destination AND there.region = here.region
JOIN zones AS own ON own.facility = r.facility AND own.disease_group = r.disease_group
JOIN zones AS other ON other.facility = r.destination AND other.disease_group = r.disease_group
WHERE own.zone <> other.zone
