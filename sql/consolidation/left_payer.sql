-- Reports of payers whom the person has left between 1 January and the notice of May, as the payer's 給与所得者異動届出書 tells (法317の6②, 321の4): of each
-- payer and person the newest notice counts, unless it cancels. The payer is the report's by its number (指定番号), else its own number, else name and address.
WITH notice AS (
  SELECT
    document.taxpayer_no,
    document.submission_kind,
    notice.*,
    row_number() OVER (
      PARTITION BY document.taxpayer_no, coalesce(payer_designated_no, payer_corporate_number, payer_number_id::VARCHAR, payer_name || payer_address)
      ORDER BY document.received_on DESC, document_no DESC
    ) AS place_from_newest
  FROM linked_document AS document
  JOIN pinned_employee_change AS notice USING (document_no)
)
SELECT
  report.document_no,
  notice.document_no AS notice_no,
  notice.taxpayer_no,
  notice.payer_name,
  notice.payer_address,
  notice.payer_corporate_number,
  notice.changed_on,
  notice.change_reason,
  notice.collection_after
FROM notice
JOIN effective_report AS report ON report.taxpayer_no = notice.taxpayer_no
JOIN pinned_wage_report AS written ON written.document_no = report.document_no
WHERE notice.place_from_newest = 1
  AND notice.submission_kind <> 'cancellation'
  AND notice.changed_on >= make_date($fiscal_year::INTEGER, 1, 1)
  AND notice.changed_on < make_date($fiscal_year::INTEGER, p_withholding_notice_month() + 1, 1)
  AND coalesce(
    nullif(written.payer_designated_no, '') = nullif(notice.payer_designated_no, ''),
    nullif(written.payer_corporate_number, '') = nullif(notice.payer_corporate_number, ''),
    written.payer_number_id = notice.payer_number_id,
    (written.payer_name, written.payer_address) = (notice.payer_name, notice.payer_address)
  )
QUALIFY row_number() OVER (PARTITION BY report.document_no ORDER BY notice.document_no DESC) = 1
