-- wage_report_summary: what each accepted 総括表 says of the employer and of its reports.
SELECT
  record.file_no,
  record.record_no,
  record.fiscal_year,
  accepted.content_digest,
  CASE record.submission_kind
    WHEN '0' THEN 'new' WHEN '1' THEN 'additional' WHEN '2' THEN 'correction' WHEN '3' THEN 'cancellation'
  END AS submission_kind,
  payer.number_id AS payer_number_id,
  record.payer_corporate_number,
  record.payer_name,
  record.payer_kana,
  record.payer_address,
  record.payer_designated_no,
  record.employee_count,
  record.report_count,
  record.withholding_count,
  record.ordinary_leaver_count,
  record.ordinary_other_count,
  record.paid_yen,
  CASE record.notice_delivery WHEN '1' THEN 'electronic' WHEN '2' THEN 'paper' WHEN '3' THEN 'both' END AS notice_delivery
FROM accepted
JOIN record USING (row_no)
LEFT JOIN record_number AS payer ON payer.row_no = accepted.row_no AND payer.item = 'payer_number'
ORDER BY record.file_no, record.record_no
