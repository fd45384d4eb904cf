-- account_transfer: what each accepted entry says.
SELECT
  record.file_no,
  record.record_no,
  accepted.content_digest,
  record.taxpayer_no,
  record.kind AS tax_item,
  CASE record.submission_kind WHEN '0' THEN 'new' WHEN '9' THEN 'cancellation' END AS submission_kind,
  record.from_day AS from_on,
  record.to_day AS to_on,
  record.bank_name,
  record.branch_name,
  CASE record.deposit_kind WHEN '1' THEN 'ordinary' WHEN '2' THEN 'current' WHEN '3' THEN 'tax_reserve' WHEN '9' THEN 'other' END
    AS deposit_kind,
  record.masked_account
FROM accepted
JOIN record USING (row_no)
ORDER BY record.file_no, record.record_no
