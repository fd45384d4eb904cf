-- Every wage report with its payer. `spelled` tells one spelling of a payer from another; `person` one employee of a payer from
-- another: the payer's own number for them, else what stands in the report.
CREATE OR REPLACE TEMP VIEW payer_report AS
SELECT
  spoken.*,
  concat_ws(chr(31), coalesce(designated_no, ''), coalesce(identity, ''), name, address) AS spelled
FROM (
  SELECT
    document.document_no,
    document.fiscal_year,
    document.submission_kind,
    document.known_on AS received_on,
    document.file_no,
    document.record_no,
    nullif(report.payer_designated_no, '') AS designated_no,
    report.payer_corporate_number AS corporate_number,
    report.payer_number_id AS number_id,
    coalesce('C' || report.payer_corporate_number, 'P' || report.payer_number_id) AS identity,
    report.payer_name AS name,
    report.payer_address AS address,
    coalesce(
      nullif(report.employee_no, ''), concat_ws(chr(31), document.name, document.kana, document.born_on)
    ) AS person,
    report.ordinary_collection,
    report.ordinary_reason,
    report.paid_yen
  FROM pinned_document AS document
  JOIN pinned_wage_report AS report USING (document_no)
) AS spoken
