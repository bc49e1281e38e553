-- B: referrals of the group asked for in the period, at the facility that sends
SELECT r.person_id, r.referral_id AS counted_id, r.row_id, r.facility
FROM referrals_of_group AS r
