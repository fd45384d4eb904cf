-- employee_change: what each accepted notice tells of payer, employee and change.
SELECT
  accepted.document_no,
  record.submitted_day AS submitted_on,
  payer.number_id AS payer_number_id,
  record.payer_corporate_number,
  record.payer_name,
  record.payer_address,
  record.payer_designated_no,
  record.employee_no,
  record.changed_day AS changed_on,
  CASE record.change_reason
    WHEN '1' THEN 'left' WHEN '2' THEN 'transferred' WHEN '3' THEN 'on_leave' WHEN '4' THEN 'died'
    WHEN '5' THEN 'paid_little' WHEN '6' THEN 'merged' WHEN '7' THEN 'other'
  END AS change_reason,
  CASE record.collection_after WHEN '1' THEN 'continued' WHEN '2' THEN 'lump_sum' WHEN '3' THEN 'ordinary' END AS collection_after,
  record.new_payer_designated_no,
  record.new_payer_name
FROM accepted
JOIN record USING (row_no)
LEFT JOIN record_number AS payer ON payer.row_no = accepted.row_no AND payer.item = 'payer_number'
ORDER BY accepted.document_no
