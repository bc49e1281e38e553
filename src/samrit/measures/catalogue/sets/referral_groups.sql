-- The disease groups of each referral, one row per group: heart, cancer, trauma, newborn (0-28 days old on its day)
SELECT r.referral_id, 'heart' AS disease_group
FROM referrals AS r
WHERE in_codelist(r.principal_diagnosis, 'refer_heart')
UNION ALL
SELECT r.referral_id, 'cancer' AS disease_group
FROM referrals AS r
WHERE in_codelist(r.principal_diagnosis, 'refer_cancer')
UNION ALL
SELECT r.referral_id, 'trauma' AS disease_group
FROM referrals AS r
WHERE in_codelist(r.principal_diagnosis, 'external_cause')
   OR r.referral_id IN (SELECT d.referral_id FROM referral_diagnoses AS d WHERE in_codelist(d.code, 'external_cause'))
UNION ALL
SELECT r.referral_id, 'newborn' AS disease_group
FROM referrals AS r
JOIN people AS p ON p.person_id = r.person_id
WHERE date_diff('day', p.birth_date, r.referred_on) BETWEEN 0 AND 28
