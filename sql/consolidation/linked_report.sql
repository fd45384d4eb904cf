-- The wage reports of the fiscal year that are linked to a taxpayer: what tells one from another.
-- payer_key tells one payer from another: the number that the city gave it (指定番号), else its own number, else name and address.
SELECT
  link.taxpayer_no,
  document.known_on AS received_on,
  document.submission_kind,
  CASE
    WHEN report.payer_designated_no <> '' THEN 'designated:' || report.payer_designated_no
    WHEN report.payer_corporate_number <> '' THEN 'corporate:' || report.payer_corporate_number
    WHEN report.payer_number_id IS NOT NULL THEN 'individual:' || report.payer_number_id
    ELSE 'name:' || report.payer_name || ' ' || report.payer_address
  END AS payer_key,
  nullif(report.employee_no, '') AS employee_no,
  document.document_no
FROM pinned_document AS document
JOIN pinned_wage_report AS report USING (document_no)
JOIN (
  SELECT document_no, taxpayer_no
  FROM pinned_document_link
  JOIN (
    SELECT document_no, max(link_version) AS link_version
    FROM pinned_document_link
    GROUP BY document_no
  ) USING (document_no, link_version)
) AS link USING (document_no)
WHERE document.fiscal_year = $fiscal_year AND link.taxpayer_no IS NOT NULL
