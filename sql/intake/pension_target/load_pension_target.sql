-- pension_target: what the payer says of each accepted person on the list.
SELECT
  accepted.document_no,
  record.payer_code,
  record.basic_pension_no,
  record.pension_code,
  record.made_day AS made_on,
  CASE record.detail_code WHEN '01' THEN 'new' WHEN '02' THEN 'continued' END AS target_kind,
  record.amount_1_yen
FROM accepted
JOIN record USING (row_no)
ORDER BY accepted.document_no
