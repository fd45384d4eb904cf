-- unified_number: what each accepted answer says.
SELECT
  record.file_no,
  record.record_no,
  accepted.content_digest,
  record.taxpayer_no,
  CASE record.submission_kind WHEN '0' THEN 'new' WHEN '9' THEN 'cancellation' END AS submission_kind,
  record.unified_no,
  record.assigned_day AS assigned_on
FROM accepted
JOIN record USING (row_no)
ORDER BY record.file_no, record.record_no
