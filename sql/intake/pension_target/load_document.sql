-- document: what matching needs to know of a person on the list. There is no individual number in it.
SELECT
  accepted.document_no,
  'pension_target' AS document_kind,
  batch.fiscal_year,
  record.file_no,
  record.record_no,
  accepted.content_digest,
  'new' AS submission_kind,
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
