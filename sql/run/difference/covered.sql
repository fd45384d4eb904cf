-- What people have approved already: up to which day of decision, in which commits. A monthly report covers all that was decided before it,
-- a promoted backfill its own commits.
SELECT unnest(fiscal_years) AS fiscal_year, as_of AS decided_on_max, 0 AS first_commit_no, pinned_commit_no AS last_commit_no
FROM approved
WHERE backfill_no IS NULL
UNION ALL
SELECT unnest(report.fiscal_years), DATE 'infinity', promotion.first_commit_no, promotion.last_commit_no
FROM pinned_backfill_promotion AS promotion
JOIN pinned_difference_report AS report USING (report_no)
ORDER BY ALL
