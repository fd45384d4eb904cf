-- municipality: what each accepted entry says.
SELECT
  record.file_no,
  record.record_no,
  accepted.content_digest,
  CASE record.submission_kind WHEN '0' THEN 'new' WHEN '9' THEN 'cancellation' END AS submission_kind,
  record.municipality_code,
  record.from_day AS from_on,
  record.municipality_name,
  record.office_name,
  record.postcode,
  record.address
FROM accepted
JOIN record USING (row_no)
ORDER BY record.file_no, record.record_no
