-- Who is reported by whom, by fiscal year: of each payer's records on a person the last one holds, unless it is a cancellation.
CREATE OR REPLACE TEMP VIEW reported_person AS
SELECT
  report.fiscal_year,
  payer.payer_key,
  report.document_no,
  report.ordinary_collection,
  report.ordinary_reason,
  report.paid_yen
FROM payer_report AS report
JOIN payer USING (spelled)
QUALIFY row_number() OVER (
  PARTITION BY report.fiscal_year, payer.payer_key, report.person ORDER BY report.received_on DESC, report.document_no DESC
) = 1 AND report.submission_kind <> 'cancellation'
