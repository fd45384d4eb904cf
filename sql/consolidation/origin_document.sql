-- The documents behind one taxpayer's base, with what each gave (under the names of origins.yaml) and for what it speaks.
-- A payer who gave no corporate number may be a person. Whoever files speaks for himself: there is no payer to name.
WITH spoken AS (
  SELECT
    counted.*,
    report.payer_address,
    coalesce(report.payer_corporate_number, '') = '' AS payer_may_be_person,
    counted.place = 1 AS is_main,
    coalesce(counted.place = total.withholding_place, false) AS is_withholder
  FROM counted_report AS counted
  JOIN taxpayer_sum AS total USING (taxpayer_no)
  JOIN pinned_wage_report AS report USING (document_no)
  UNION ALL BY NAME
  SELECT
    counted.* EXCLUDE (paid_yen, social_insurance_yen, place),
    paid_yen AS pension_paid_yen,
    social_insurance_yen AS counted_social_insurance_yen,
    coalesce(payer_corporate_number, '') = '' AS payer_may_be_person,
    false AS is_main,
    false AS is_withholder
  FROM counted_pension AS counted
  UNION ALL BY NAME
  SELECT *, '本人' AS payer_name, '' AS payer_address, true AS payer_may_be_person, false AS is_main, false AS is_withholder
  FROM decisive_return
  UNION ALL BY NAME
  SELECT
    taxpayer_no,
    document_no,
    donated_yen AS furusato_yen,
    sender_name AS payer_name,
    '' AS payer_address,
    false AS payer_may_be_person,
    false AS is_main,
    false AS is_withholder
  FROM one_stop_notice_of_year
  WHERE taxpayer_no IN (SELECT taxpayer_no FROM taxpayer_sum) AND NOT void
  UNION ALL BY NAME
  SELECT DISTINCT
    taxpayer_no,
    notice_no AS document_no,
    payer_name,
    payer_address,
    coalesce(payer_corporate_number, '') = '' AS payer_may_be_person,
    false AS is_main,
    false AS is_withholder
  FROM left_payer
  WHERE taxpayer_no IN (SELECT taxpayer_no FROM taxpayer_sum)
)
SELECT
  spoken.*,
  document.document_kind,
  document.submission_kind,
  coalesce(file.received_on, document.known_on) AS received_on,
  file.edition,
  declared.document_no IS NOT NULL AS is_relatives,
  EXISTS (
    FROM pinned_record_correction AS corrected
    WHERE corrected.file_no = document.file_no AND corrected.record_no = document.record_no
  ) AS officer_corrected
FROM spoken
JOIN pinned_document AS document USING (document_no)
LEFT JOIN pinned_source_file AS file ON file.file_no = document.file_no
LEFT JOIN declared_relatives AS declared ON declared.document_no = spoken.document_no
ORDER BY spoken.document_no
