-- Referrals of the period in the group asked for, each with that group (all: once for each of its groups)
SELECT r.referral_id, r.person_id, r.row_id, r.facility, r.destination, g.disease_group
FROM referrals AS r
JOIN referral_groups AS g ON g.referral_id = r.referral_id
WHERE r.referred_on BETWEEN $start AND $end
  AND r.cause NOT IN ('6', '7')
  AND (r.reply = '1' OR (r.reply_row_id IS NULL AND $without_result = 'count'))
  AND (g.disease_group = $group OR $group = 'all')
