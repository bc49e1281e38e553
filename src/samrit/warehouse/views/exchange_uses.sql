SELECT hospcode AS facility, person_id, row_id, moment AS called_at, CAST(moment AS DATE) AS day, called AS topic,
       success
FROM data_exchange
