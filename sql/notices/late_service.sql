-- 納期限変更告知書を出す納期（地方税法20条の2③・319条の2③）: a row an instalment whose slip, or debit, a notice asked for that was served too late for its
-- due date; or whose letter of changed due dates came back and is to be sent again. Takes the ordinance's due dates and the days that the law leaves.
WITH ordinance AS (
  SELECT unnest(range(1, len($due_on::DATE[]) + 1)) AS period, unnest($due_on::DATE[]) AS due_on
),
served AS (
  SELECT notice_no, notice_kind, notice_state, served_on
  FROM standing_notice
  WHERE fiscal_year = $fiscal_year AND notice_state IN ('served', 'published') AND served_on <= getvariable('pinned_as_of')
),
asked AS (
  SELECT
    slip.taxpayer_no,
    slip.period,
    slip.slip_no,
    slip.slip_yen,
    slip.due_on,
    slip.notice_no,
    notice.notice_state = 'resent' AND notice.notice_kind = 'due_date_notice' AS resent
  FROM pinned_payment_slip AS slip
  JOIN standing_notice AS notice USING (notice_no)
  ANTI JOIN pinned_payment_slip_void USING (slip_no)
  WHERE slip.fiscal_year = $fiscal_year AND slip.period > 0
  UNION ALL
  SELECT
    told.taxpayer_no,
    told.period,
    NULL,
    payable.earlier_payable_yen[told.period],
    coalesce(moved.due_on, ordinance.due_on),
    told.notice_no,
    moved_notice.notice_state IS NOT DISTINCT FROM 'resent'
  FROM pinned_told_payment_way AS told
  JOIN told_way USING (fiscal_year, taxpayer_no, period, account_file_no, account_record_no)
  JOIN ordinance USING (period)
  JOIN payable_levy AS payable USING (taxpayer_no)
  LEFT JOIN pinned_due_date_change AS moved ON moved.late_notice_no = told.notice_no AND moved.period = told.period
  LEFT JOIN standing_notice AS moved_notice ON moved_notice.notice_no = moved.notice_no
  WHERE told.fiscal_year = $fiscal_year
)
SELECT
  asked.taxpayer_no,
  asked.period,
  min(asked.due_on) AS earlier_due_on,
  max(asked.notice_no) AS late_notice_no,
  list(asked.slip_no ORDER BY asked.slip_no) FILTER (WHERE asked.slip_no IS NOT NULL) AS slip_nos,
  CAST(sum(asked.slip_yen) AS BIGINT) AS asked_yen,
  max(served.served_on) AS served_on,
  bool_or(coalesce(served.notice_state = 'published', false)) AS published
FROM asked
LEFT JOIN served USING (notice_no)
WHERE asked.slip_yen > 0
  AND (asked.resent OR asked.due_on < served.served_on + to_days($days_before_due::INTEGER))
GROUP BY asked.taxpayer_no, asked.period
ORDER BY asked.taxpayer_no, asked.period
