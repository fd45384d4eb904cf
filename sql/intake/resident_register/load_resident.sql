-- resident: a new revision for each person of whom the register says something new.
SELECT
  batch.fiscal_year,
  record.taxpayer_no,
  (coalesce(latest.revision, 0) + 1)::INTEGER AS revision,
  record.household_no,
  record.relationship,
  record_number.number_id,
  record.name,
  record.kana,
  record.born_on,
  CASE record.sex WHEN '1' THEN 'male' WHEN '2' THEN 'female' END AS sex,
  record.postcode,
  record.address,
  record.ward_code,
  record.public_assistance = '1' AS public_assistance,
  record.protected_address = '1' AS protected_address,
  record.file_no,
  record.record_no
FROM accepted
CROSS JOIN batch
JOIN record USING (row_no)
LEFT JOIN record_number USING (row_no)
LEFT JOIN (
  SELECT fiscal_year, taxpayer_no, max(revision) AS revision FROM ledger.resident GROUP BY ALL
) AS latest ON latest.fiscal_year = batch.fiscal_year AND latest.taxpayer_no = record.taxpayer_no
ORDER BY record.file_no, record.record_no
