-- B: every sender of the 43 files x every topic x the months of the year, or those that the period touches
SELECT CAST(NULL AS BIGINT) AS person_id,
       rank() OVER (ORDER BY s.facility, t.topic, n.number) AS counted_id, s.facility
FROM senders_of_43 AS s
JOIN topics AS t ON TRUE
JOIN counting_numbers AS n ON n.number < CASE WHEN $denominator_months = 'year' THEN 12
                                         ELSE (year($end) - year($start)) * 12 + month($end) - month($start) + 1 END
