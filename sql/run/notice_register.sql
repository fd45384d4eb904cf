-- The register of notices (発送した通知書の台帳), newest first: what was sent, what became of it, and whether a due date has to be moved because
-- the notice came too late for it. Takes the fiscal year, a taxpayer, a state, a notice (each of the last three may be NULL). Needs a pin.
WITH slip AS (
  SELECT notice_no, min(due_on) AS first_due_on, count(*) AS slip_count
  FROM pinned_payment_slip
  ANTI JOIN pinned_payment_slip_void USING (slip_no)
  GROUP BY notice_no
),
newest AS (
  SELECT fiscal_year, taxpayer_no, max(commit_no) AS commit_no
  FROM pinned_notice
  WHERE notice_kind IN ('first_notice', 'change_notice')
  GROUP BY fiscal_year, taxpayer_no
)
SELECT
  notice.notice_no AS "通知書番号",
  CASE notice.notice_kind
    WHEN 'first_notice' THEN '納税通知書'
    WHEN 'change_notice' THEN '納税変更通知書'
    WHEN 'reduction_notice' THEN '減免決定通知書'
    WHEN 'due_date_notice' THEN '納期限変更告知書'
    WHEN 'payment_way_notice' THEN '納付方法の変更のお知らせ'
    ELSE notice.notice_kind
  END AS "種類",
  notice.taxpayer_no AS "宛名番号",
  coalesce(notice.ward_code, '') AS "行政区",
  notice.version AS "賦課の版",
  notice.amount_yen AS "税額",
  notice.known_on AS "発送日",
  coalesce(slip.slip_count, 0) AS "使える納付書",
  CASE notice.notice_state
    WHEN 'sent' THEN '発送' WHEN 'served' THEN '送達' WHEN 'returned' THEN '返戻' WHEN 'resent' THEN '再送付' ELSE '公示送達'
  END AS "状態",
  coalesce(CAST(notice.told_on AS VARCHAR), '') AS "状態の日",
  coalesce(CAST(notice.served_on AS VARCHAR), '') AS "送達の日",
  CASE
    WHEN notice.notice_state = 'returned' THEN '送り先を調べ、再送付か公示送達'
    WHEN notice.notice_state = 'resent'
      AND (newest.commit_no = notice.commit_no OR notice.notice_kind IN ('reduction_notice', 'due_date_notice', 'payment_way_notice'))
      THEN '次の発送の準備で出る'
    WHEN notice.served_on + INTERVAL 10 DAY > slip.first_due_on THEN '納期限の変更告知（' || slip.first_due_on || '。次の発送の準備で出る）'
    ELSE ''
  END AS "次にすること",
  newest.commit_no IS NOT DISTINCT FROM notice.commit_no AS "最新"
FROM standing_notice AS notice
LEFT JOIN slip USING (notice_no)
LEFT JOIN newest USING (fiscal_year, taxpayer_no)
WHERE notice.fiscal_year = $fiscal_year
  AND coalesce(notice.taxpayer_no = $taxpayer_no, true)
  AND coalesce(notice.notice_state = $state, true)
  AND coalesce(notice.notice_no = $notice_no, true)
ORDER BY notice.commit_no DESC, notice.notice_no
