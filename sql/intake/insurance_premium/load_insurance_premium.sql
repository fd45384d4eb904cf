-- insurance_premium: what each accepted record says.
SELECT
  record.file_no,
  record.record_no,
  accepted.content_digest,
  batch.fiscal_year,
  record.taxpayer_no,
  CASE record.submission_kind WHEN '0' THEN 'new' WHEN '9' THEN 'cancellation' END AS submission_kind,
  record.kind AS insurance,
  record.paid_yen,
  record.withheld_yen
FROM accepted
CROSS JOIN batch
JOIN record USING (row_no)
ORDER BY record.file_no, record.record_no
