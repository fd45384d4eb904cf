-- attachment: each accepted page file. It stays inside the sealed ZIP.
SELECT
  record.file_no,
  record.record_no,
  1 AS attachment_no,
  record.fiscal_year,
  accepted.content_digest,
  record.reference_no,
  CASE record.attachment_kind WHEN '1' THEN 'return_image' WHEN '2' THEN 'supporting_image' END AS attachment_kind,
  record.title,
  record.file_name,
  record.media_type,
  record.size_bytes,
  record.sha256,
  record.page_count
FROM accepted
JOIN record USING (row_no)
ORDER BY record.file_no, record.record_no
