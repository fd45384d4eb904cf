-- Difference reports that two different people approved and nobody rejected, by the digest that they were shown.
SELECT report_no, fiscal_years, as_of, backfill_no, pinned_commit_no
FROM pinned_difference_report AS report
JOIN pinned_decision AS decided
  ON decided.decision_kind = 'difference' AND decided.subject = report.report_no || ':' || report.report_digest
GROUP BY ALL
HAVING count(DISTINCT officer) FILTER (verdict = 'approve') >= 2
  AND count(*) FILTER (verdict = 'reject') = 0
ORDER BY report_no
