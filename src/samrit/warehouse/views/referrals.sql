-- The answer is the one with the latest D_UPDATE, tie to the smaller facility, whoever answers (074)
SELECT r.facility, r.person_id, r.row_id, r.referral_id, r.destination, r.referred_on, r.cause, r.principal_diagnosis,
       coalesce(a.result, '') AS reply, a.row_id AS reply_row_id
FROM referral_rows AS r
LEFT JOIN (
  SELECT origin, number, result, row_id,
         row_number() OVER (PARTITION BY origin, number ORDER BY updated_at DESC NULLS LAST, facility) AS place
  FROM referral_replies
) AS a ON a.origin = r.facility AND a.number = r.number AND a.place = 1
