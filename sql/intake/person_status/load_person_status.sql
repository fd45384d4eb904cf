-- person_status: what each accepted entry says.
SELECT
  record.file_no,
  record.record_no,
  accepted.content_digest,
  record.taxpayer_no,
  CASE record.submission_kind WHEN '0' THEN 'new' WHEN '9' THEN 'cancellation' END AS submission_kind,
  record.kind AS status_kind,
  record.from_day AS from_on,
  record.to_day AS to_on
FROM accepted
JOIN record USING (row_no)
ORDER BY record.file_no, record.record_no
