-- The reports behind one taxpayer's base, with what each gave and for what it speaks.
-- A payer who gave no corporate number (item 94) may be a person.
SELECT
  counted.*,
  document.document_kind,
  document.submission_kind,
  document.known_on AS received_on,
  report.payer_address,
  coalesce(report.payer_corporate_number, '') = '' AS payer_may_be_person,
  file.edition,
  counted.place = 1 AS is_main,
  counted.place = total.relatives_place AS is_relatives,
  coalesce(counted.place = total.withholding_place, false) AS is_withholder
FROM counted_report AS counted
JOIN taxpayer_sum AS total USING (taxpayer_no)
JOIN pinned_document AS document USING (document_no)
JOIN pinned_wage_report AS report USING (document_no)
LEFT JOIN pinned_source_file AS file ON file.file_no = document.file_no
ORDER BY counted.document_no
