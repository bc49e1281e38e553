-- The numbers from 0 to 999, to repeat a row as often as a measure needs it
SELECT h.digit * 100 + t.digit * 10 + u.digit AS number
FROM digits AS h JOIN digits AS t ON TRUE JOIN digits AS u ON TRUE
