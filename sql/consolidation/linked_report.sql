-- The linked wage and pension reports (給与支払報告書, 公的年金等支払報告書): what tells one from another.
-- payer_key tells one payer from another: the number that the city gave it (指定番号), else its own number, else name and address.
WITH report AS (
  SELECT
    document_no,
    payer_designated_no,
    payer_corporate_number,
    payer_number_id,
    payer_name,
    payer_address,
    employee_no AS receiver_no
  FROM pinned_wage_report
  UNION ALL
  SELECT
    document_no,
    payer_designated_no,
    payer_corporate_number,
    payer_number_id,
    payer_name,
    payer_address,
    payee_no
  FROM pinned_pension_report
)
SELECT
  document.taxpayer_no,
  document.document_kind,
  document.received_on,
  document.file_no,
  document.record_no,
  document.submission_kind,
  CASE
    WHEN report.payer_designated_no <> '' THEN 'designated:' || report.payer_designated_no
    WHEN report.payer_corporate_number <> '' THEN 'corporate:' || report.payer_corporate_number
    WHEN report.payer_number_id IS NOT NULL THEN 'individual:' || report.payer_number_id
    ELSE 'name:' || report.payer_name || ' ' || report.payer_address
  END AS payer_key,
  nullif(report.receiver_no, '') AS receiver_no,
  document.document_no
FROM linked_document AS document
JOIN report USING (document_no)
