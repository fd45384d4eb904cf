-- document: what matching needs to know of whom another municipality taxes.
SELECT
  accepted.document_no,
  'taxed_elsewhere_notice' AS document_kind,
  batch.fiscal_year,
  record.file_no,
  record.record_no,
  accepted.content_digest,
  CASE record.submission_kind WHEN '0' THEN 'new' WHEN '9' THEN 'cancellation' END AS submission_kind,
  record_number.number_id,
  record.name,
  record.kana,
  record.born_day AS born_on,
  record.address,
  record.amount_yen
FROM accepted
CROSS JOIN batch
JOIN record USING (row_no)
LEFT JOIN record_number ON record_number.row_no = accepted.row_no AND record_number.item = 'individual_number'
ORDER BY accepted.document_no
