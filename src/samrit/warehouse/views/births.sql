SELECT HOSPCODE AS facility, person_id, row_id, GRAVIDA AS gravida, BDATE AS ended_on, BTYPE AS birth_type,
       BPLACE AS place, D_UPDATE AS updated_at, dense_rank() OVER (ORDER BY PID) AS tie
FROM LABOR
