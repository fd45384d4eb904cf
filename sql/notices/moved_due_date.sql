-- 変更した納期限: the due dates that notices of changed due dates gave these taxpayers, the newest of each period; what came back gave none
SELECT taxpayer_no, period, due_on
FROM pinned_due_date_change AS change
JOIN (SELECT notice_no, notice_state FROM standing_notice) AS notice USING (notice_no)
WHERE change.fiscal_year = $fiscal_year AND list_contains($taxpayer_nos, taxpayer_no) AND notice_state <> 'resent'
QUALIFY row_number() OVER (PARTITION BY taxpayer_no, period ORDER BY commit_no DESC, notice_no DESC) = 1
ORDER BY taxpayer_no, period
