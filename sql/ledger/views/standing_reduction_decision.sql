-- 減免の決定: the newest record of each decision of a fiscal year, unless it cancels. `reached_on`: instalments that were due before are not reduced.
CREATE OR REPLACE TEMP VIEW standing_reduction_decision AS
SELECT *, coalesce(applied_on, decided_on) AS reached_on
FROM pinned_reduction_decision
QUALIFY submission_kind = 'new' AND row_number() OVER (
  PARTITION BY fiscal_year, decision_ref
  ORDER BY known_on DESC, file_no DESC, record_no DESC
) = 1;
