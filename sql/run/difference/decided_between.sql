-- What a backfill decided: the first and the last version of each levy in its commits.
SELECT levy_kind, fiscal_year, taxpayer_no, ward_code, min(version) AS first_version, max(version) AS version
FROM (
  SELECT 'assessment' AS levy_kind, fiscal_year, taxpayer_no, ward_code, version, commit_no FROM ledger.assessment
  UNION ALL
  SELECT 'house_levy', fiscal_year, taxpayer_no, ward_code, house_levy_version, commit_no FROM ledger.house_levy
) AS decided
WHERE commit_no BETWEEN $first_commit_no AND $last_commit_no
GROUP BY ALL
ORDER BY ALL
