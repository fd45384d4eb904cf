-- outside_register: what each accepted entry says.
SELECT
  record.file_no,
  record.record_no,
  accepted.content_digest,
  record.taxpayer_no,
  CASE record.submission_kind WHEN '0' THEN 'new' WHEN '9' THEN 'cancellation' END AS submission_kind,
  record.kind AS entry_kind,
  record.from_day AS from_on,
  record.to_day AS to_on,
  record_number.number_id,
  record.name,
  record.kana,
  record.born_day AS born_on,
  CASE record.sex WHEN '1' THEN 'male' WHEN '2' THEN 'female' END AS sex,
  record.postcode,
  record.address,
  record.ward_code,
  record.registered_municipality
FROM accepted
JOIN record USING (row_no)
LEFT JOIN record_number USING (row_no)
ORDER BY record.file_no, record.record_no
