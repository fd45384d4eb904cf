-- register_change: what each accepted change says.
SELECT
  record.file_no,
  record.record_no,
  accepted.content_digest,
  record.taxpayer_no,
  CASE record.submission_kind WHEN '0' THEN 'new' WHEN '9' THEN 'cancellation' END AS submission_kind,
  record.kind AS change_kind,
  record.happened_day AS happened_on,
  record.notified_day AS notified_on,
  record.household_no,
  record.relationship,
  record_number.number_id,
  record.name,
  record.kana,
  record.born_day AS born_on,
  CASE record.sex WHEN '1' THEN 'male' WHEN '2' THEN 'female' END AS sex,
  record.postcode,
  record.address,
  record.ward_code,
  record.former_name,
  record.former_kana,
  record.former_address,
  record.january_municipality
FROM accepted
JOIN record USING (row_no)
LEFT JOIN record_number USING (row_no)
ORDER BY record.file_no, record.record_no
