-- Every difference report with what it changes and who answered what to it.
SELECT
  report.report_no AS "差額表番号",
  coalesce('バックフィル ' || report.backfill_no, '月次の更正') AS "内容",
  array_to_string(report.fiscal_years, '・') AS "年度",
  report.as_of AS "基準日",
  report.changed_count AS "人",
  report.increase_yen AS "増額",
  report.decrease_yen AS "減額",
  coalesce(string_agg(DISTINCT decided.officer, '、' ORDER BY decided.officer) FILTER (decided.verdict = 'approve'), '') AS "承認",
  CASE
    WHEN count(*) FILTER (decided.verdict = 'reject') > 0 THEN '差戻し'
    WHEN count(DISTINCT decided.officer) FILTER (decided.verdict = 'approve') >= 2 THEN '決裁済み'
    ELSE '決裁待ち'
  END AS "状態",
  report.report_digest[:12] AS "ダイジェスト"
FROM ledger.difference_report AS report
LEFT JOIN ledger.decision AS decided
  ON decided.decision_kind = 'difference' AND decided.subject = report.report_no || ':' || report.report_digest
GROUP BY ALL
ORDER BY report.report_no
