-- document: what matching needs to know of a return. The address is that of 1 January, unless none is written or 同上.
SELECT
  accepted.document_no,
  'income_tax_return' AS document_kind,
  batch.fiscal_year,
  record.file_no,
  record.record_no,
  accepted.content_digest,
  CASE WHEN record.return_kind = 'final' THEN 'new' ELSE 'correction' END AS submission_kind,
  record_number.number_id,
  record.name,
  record.kana,
  record.born_on,
  CASE
    WHEN coalesce(record.assessment_day_address, '同上') = '同上' THEN record.address
    ELSE record.assessment_day_address
  END AS address,
  record.amount_yen
FROM accepted
CROSS JOIN batch
JOIN record USING (row_no)
LEFT JOIN record_number ON record_number.row_no = accepted.row_no AND record_number.item = 'individual_number'
ORDER BY accepted.document_no
