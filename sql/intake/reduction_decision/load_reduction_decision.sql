-- reduction_decision: what each accepted decision says. No part is 0/1, no yen 0.
SELECT
  record.file_no,
  record.record_no,
  accepted.content_digest,
  CASE record.submission_kind WHEN '0' THEN 'new' WHEN '9' THEN 'cancellation' END AS submission_kind,
  record.decision_ref,
  record.decided_year AS fiscal_year,
  record.taxpayer_no,
  record.ward_code,
  CASE record.reduction_reason
    WHEN '1' THEN 'disaster'
    WHEN '2' THEN 'assistance'
    WHEN '3' THEN 'income_loss'
    WHEN '4' THEN 'illness'
    WHEN '5' THEN 'death'
    WHEN '9' THEN 'other'
  END AS reduction_reason,
  record.applied_day AS applied_on,
  record.decided_day AS decided_on,
  record.first_period AS from_period,
  coalesce(record.numerator, 0) AS part_numerator,
  coalesce(record.denominator, 1) AS part_denominator,
  coalesce(record.reduced_yen, 0) AS reduced_yen,
  CASE record.forest_reason WHEN '1' THEN 'disaster' WHEN '2' THEN 'assistance' WHEN '3' THEN 'hardship' END AS forest_reason
FROM accepted
JOIN record USING (row_no)
ORDER BY record.file_no, record.record_no
