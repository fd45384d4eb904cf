-- What an operator should hear of a consolidation: numbers of reports, or of taxpayers where the name says so.
SELECT
  (SELECT count(*) FROM replaced_report) AS replaced_reports,
  (SELECT count(*) FROM counted_report WHERE overlap_found) AS previous_payer_overlaps,
  (
    SELECT count(*)
    FROM linked_report AS change
    ANTI JOIN linked_report AS original
      ON original.taxpayer_no = change.taxpayer_no
      AND original.payer_key = change.payer_key
      AND (original.received_on, original.document_no) < (change.received_on, change.document_no)
    WHERE change.submission_kind IN ('correction', 'cancellation')
  ) AS changes_without_original,
  (
    SELECT count(*)
    FROM (SELECT taxpayer_no FROM counted_report GROUP BY taxpayer_no, payer_key HAVING count(*) > 1)
  ) AS several_reports_of_a_payer,
  (SELECT count(*) FROM taxpayer_sum WHERE relatives_place > 1) AS relatives_from_another_report,
  (SELECT count(*) FROM counted_report WHERE treaty_exempt_yen > 0) AS treaty_exempt_reports_left_out,
  (
    SELECT count(*)
    FROM content
    SEMI JOIN (SELECT taxpayer_no FROM taxpayer_sum WHERE single_parent) AS parent USING (taxpayer_no)
    WHERE sex = 'unknown'
  ) AS single_parents_of_unknown_sex
