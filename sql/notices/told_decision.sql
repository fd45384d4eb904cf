-- 減免決定通知書に書く決定: every decision that takes, or took, something off these taxpayers' levies, with its newest version; cancelled ones as such
WITH newest AS (
  FROM pinned_levy_reduction
  WHERE fiscal_year = $fiscal_year AND list_contains($taxpayer_nos, taxpayer_no)
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no, ward_code, decision_ref ORDER BY reduction_version DESC) = 1
),
record AS (
  FROM pinned_reduction_decision
  QUALIFY row_number() OVER (PARTITION BY fiscal_year, decision_ref ORDER BY known_on DESC, file_no DESC, record_no DESC) = 1
)
SELECT
  newest.taxpayer_no,
  newest.ward_code,
  newest.decision_ref,
  newest.reduction_version,
  newest.reduction_yen,
  record.submission_kind = 'cancellation' AS cancelled,
  record.reduction_reason,
  record.decided_on,
  record.from_period,
  record.part_numerator,
  record.part_denominator,
  record.reduced_yen,
  record.forest_reason
FROM newest
JOIN record USING (fiscal_year, decision_ref)
ORDER BY newest.taxpayer_no, record.decided_on, newest.decision_ref
