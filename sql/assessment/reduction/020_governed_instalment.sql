-- 減免する納期（地方税法323条、条例の申請の期限）: which decision governs an instalment, one row an instalment that is reduced
-- A decision reaches the instalments from its own first one on that were not due on the day of the application (of the decision, where the city decided on its
-- own). Of several decisions the last reaches further than the ones before: an instalment is governed by one. $1: the ordinance's due dates; a date
-- that a later notice moved counts.
WITH ordinance AS (
  SELECT unnest(range(1, len($1::DATE[]) + 1)) AS period, unnest($1::DATE[]) AS due_on
),
slip AS (
  SELECT slip.taxpayer_no, slip.period, min(slip.due_on) AS due_on
  FROM pinned_payment_slip AS slip
  JOIN standing_notice AS notice USING (notice_no)
  WHERE slip.fiscal_year = p_fiscal_year() AND notice.notice_state <> 'resent'
  GROUP BY slip.taxpayer_no, slip.period
),
moved AS (
  SELECT taxpayer_no, period, max(due_on) AS due_on
  FROM (
    SELECT taxpayer_no, period, due_on FROM slip
    UNION ALL
    SELECT taxpayer_no, period, due_on FROM pinned_due_date_change WHERE fiscal_year = p_fiscal_year()
  )
  GROUP BY taxpayer_no, period
)
SELECT
  instalment.*,
  decision.decision_ref,
  decision.part_numerator,
  decision.part_denominator,
  decision.reduced_yen,
  decision.forest_reason
FROM levied_instalment AS instalment
JOIN standing_reduction_decision AS decision
  ON decision.fiscal_year = p_fiscal_year()
  AND decision.taxpayer_no = instalment.taxpayer_no
  AND decision.ward_code = instalment.ward_code
  AND decision.from_period <= instalment.period
JOIN ordinance ON ordinance.period = instalment.period
LEFT JOIN moved ON moved.taxpayer_no = instalment.taxpayer_no AND moved.period = instalment.period
WHERE coalesce(moved.due_on, ordinance.due_on) >= decision.reached_on
QUALIFY row_number() OVER (
  PARTITION BY instalment.taxpayer_no, instalment.period
  ORDER BY decision.decided_on DESC, decision.decision_ref DESC
) = 1
