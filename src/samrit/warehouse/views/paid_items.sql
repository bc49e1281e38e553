SELECT hospital AS facility, person_id, row_id, service, day, amount_baht AS amount_satang
FROM claimed_payments
