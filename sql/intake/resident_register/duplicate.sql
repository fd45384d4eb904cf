-- Resident register: a record that says what the person's latest revision says already, or stands earlier in this file.
WITH latest AS (
  SELECT resident.*
  FROM ledger.resident AS resident
  JOIN (SELECT fiscal_year, taxpayer_no, max(revision) AS revision FROM ledger.resident GROUP BY ALL) AS newest
    USING (fiscal_year, taxpayer_no, revision)
)
SELECT candidate.row_no
FROM candidate
CROSS JOIN batch
JOIN record USING (row_no)
LEFT JOIN record_number USING (row_no)
LEFT JOIN latest ON latest.fiscal_year = batch.fiscal_year AND latest.taxpayer_no = record.taxpayer_no
WHERE candidate.place_among_equals > 1
  OR (
    latest.household_no = record.household_no
    AND latest.relationship = record.relationship
    AND latest.number_id IS NOT DISTINCT FROM record_number.number_id
    AND latest.name = record.name
    AND latest.kana = record.kana
    AND latest.born_on = record.born_on
    AND latest.sex = CASE record.sex WHEN '1' THEN 'male' WHEN '2' THEN 'female' END
    AND latest.postcode = record.postcode
    AND latest.address = record.address
    AND latest.ward_code = record.ward_code
    AND latest.public_assistance = (record.public_assistance = '1')
    AND latest.protected_address = (record.protected_address = '1')
  )
