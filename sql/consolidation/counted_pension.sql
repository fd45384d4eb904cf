-- The pension reports that count: neither replaced nor themselves a cancellation. They add up (所法35②).
-- declares_relatives: the report knows a spouse or a dependant, as declared to the payer (扶養親族等申告書, 所法203の6).
SELECT
  linked_report.taxpayer_no,
  linked_report.payer_key,
  report.* EXCLUDE (known_on, commit_no),
  has_spouse
    OR dependant_specific_count
      + dependant_elderly_count
      + dependant_other_count
      + dependant_under_16_count
      + disability_special_count
      + disability_other_count > 0 AS declares_relatives,
  row_number() OVER (
    PARTITION BY linked_report.taxpayer_no
    ORDER BY report.paid_yen DESC, report.document_no
  ) AS place
FROM linked_report
ANTI JOIN replaced_report USING (document_no)
JOIN pinned_pension_report AS report USING (document_no)
WHERE submission_kind <> 'cancellation'
