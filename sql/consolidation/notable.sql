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
      AND (original.received_on, original.file_no, original.record_no) < (change.received_on, change.file_no, change.record_no)
    WHERE change.submission_kind IN ('correction', 'cancellation')
  ) AS changes_without_original,
  (
    SELECT count(*)
    FROM (SELECT taxpayer_no FROM counted_report GROUP BY taxpayer_no, payer_key HAVING count(*) > 1)
  ) AS several_reports_of_a_payer,
  (SELECT count(*) FROM declared_relatives WHERE pension OR place > 1) AS relatives_from_another_report,
  (SELECT count(*) FROM claimed_relative WHERE claimed AND verdict = 'deny') AS denied_relatives,
  (
    SELECT count(*)
    FROM claimed_relative
    WHERE claimed AND verdict IS NULL AND unfound_because <> 'abroad'
  ) AS unfound_relatives,
  (SELECT count(*) FROM counted_report WHERE treaty_exempt_yen > 0) AS treaty_exempt_reports_left_out,
  (
    SELECT count(*)
    FROM supplemented
    WHERE single_parent <> 'none' AND sex = 'unknown'
  ) AS single_parents_of_unknown_sex,
  (
    SELECT count(*)
    FROM linked_document AS document
    JOIN pinned_tax_return USING (document_no)
    ANTI JOIN decisive_return USING (document_no)
  ) AS superseded_returns,
  (SELECT count(*) FROM decisive_return WHERE resident_return_beside) AS resident_returns_beside,
  (
    SELECT count(*)
    FROM decisive_return
    ANTI JOIN counted_report USING (taxpayer_no)
    WHERE life_premiums_as_reported OR earthquake_premiums_as_reported
  ) AS premiums_without_report,
  (
    SELECT count(*)
    FROM decisive_return AS filed
    JOIN taxpayer_sum AS total USING (taxpayer_no)
    WHERE filed.employment_paid_yen < total.employment_paid_yen OR filed.pension_paid_yen < total.pension_paid_yen
  ) AS reports_missing_from_return,
  (SELECT count(*) FROM left_payer) AS left_payers,
  (SELECT count(DISTINCT notice_no) FROM left_payer WHERE collection_after = 'continued') AS continued_elsewhere,
  (SELECT count(*) FROM one_stop_notice_of_year WHERE void) AS void_one_stop_notices,
  (SELECT count(*) FROM one_stop_notice_of_year WHERE same_number_count > 1) AS one_stop_numbers_given_twice,
  (SELECT count(*) FROM supplement_of_year) AS supplements,
  (
    SELECT count(*)
    FROM supplement_of_year
    ANTI JOIN supplemented_payer USING (taxpayer_no)
    WHERE item = 'collection_method' AND value = 'employment'
  ) AS supplements_without_payer
