-- café
SELECT 1