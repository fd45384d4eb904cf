-- 国民健康保険への移転: each member as of the day with the newest assessment, or with the reason why there is none.
-- Who did not declare and who is taxed elsewhere has no figures: an empty income is unknown, a zero would be a finding.
WITH member AS (
  SELECT taxpayer_no
  FROM (
    SELECT taxpayer_no, joined_on, left_on
    FROM pinned_membership
    WHERE recipient = 'national_health_insurance'
    QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY known_on DESC, file_no DESC) = 1
  ) AS newest
  WHERE joined_on <= $as_of AND (left_on IS NULL OR left_on > $as_of)
),
resident AS (SELECT taxpayer_no FROM person_of_year)
SELECT
  $fiscal_year::INTEGER AS fiscal_year,
  member.taxpayer_no,
  CASE
    WHEN assessed.annual_tax_yen > 0 THEN '1'
    WHEN assessed.taxpayer_no IS NOT NULL THEN '0'
    WHEN resident.taxpayer_no IS NOT NULL THEN '3'
    ELSE '4'
  END AS tax_status,
  coalesce(assessed.version, 0) AS version,
  assessed.decided_on AS changed_on,
  assessed.employment_income_yen,
  assessed.total_income_yen,
  assessed.gross_income_etc_yen,
  assessed.basic_deduction_yen,
  assessed.city_income_levy_yen,
  assessed.prefecture_income_levy_yen
FROM member
LEFT JOIN newest_assessment AS assessed
  ON assessed.taxpayer_no = member.taxpayer_no AND assessed.fiscal_year = $fiscal_year
LEFT JOIN resident ON resident.taxpayer_no = member.taxpayer_no
ORDER BY member.taxpayer_no
