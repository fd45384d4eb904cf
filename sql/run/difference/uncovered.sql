-- What was decided of a fiscal year after the initial decision and that nobody has approved yet: the first and the last such version of
-- each levy. What is decided by 31 May is the initial decision (法321条の4②); from June on it is a correction, or a levy found late.
SELECT levy_kind, fiscal_year, taxpayer_no, ward_code, min(version) AS first_version, max(version) AS version
FROM (
  SELECT 'assessment' AS levy_kind, fiscal_year, taxpayer_no, ward_code, version, decided_on, commit_no FROM pinned_assessment
  UNION ALL
  SELECT 'house_levy', fiscal_year, taxpayer_no, ward_code, house_levy_version, decided_on, commit_no FROM pinned_house_levy
) AS decided
WHERE fiscal_year = $fiscal_year
  AND decided_on >= make_date(fiscal_year, 6, 1)
  AND NOT EXISTS (
    SELECT 1
    FROM covered
    WHERE covered.fiscal_year = decided.fiscal_year
      AND decided.decided_on <= covered.decided_on_max
      AND decided.commit_no BETWEEN covered.first_commit_no AND covered.last_commit_no
  )
GROUP BY ALL
ORDER BY ALL
