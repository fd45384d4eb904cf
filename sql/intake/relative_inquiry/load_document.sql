-- document: what matching needs to know of whom another municipality asks about.
SELECT
  accepted.document_no,
  'relative_inquiry' AS document_kind,
  batch.fiscal_year,
  record.file_no,
  record.record_no,
  accepted.content_digest,
  CASE record.submission_kind WHEN '0' THEN 'new' WHEN '9' THEN 'cancellation' END AS submission_kind,
  NULL::BIGINT AS number_id,
  record.name,
  record.kana,
  record.born_day AS born_on,
  record.address,
  record.amount_yen
FROM accepted
CROSS JOIN batch
JOIN record USING (row_no)
ORDER BY accepted.document_no
