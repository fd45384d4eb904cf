-- 国民健康保険への移転: the members of the list as of the day, each with the newest assessment or the reason why there is none.
WITH member AS (
  SELECT DISTINCT taxpayer_no FROM pinned_membership
  WHERE recipient = 'national_health_insurance' AND joined_on <= $as_of AND (left_on IS NULL OR left_on > $as_of)
)
SELECT $fiscal_year::INTEGER AS fiscal_year, member.taxpayer_no,
       CASE WHEN a.taxpayer_no IS NOT NULL AND a.annual_tax_yen > 0 THEN '1'
            WHEN a.taxpayer_no IS NOT NULL THEN '0'
            WHEN r.taxpayer_no IS NOT NULL THEN '3'
            ELSE '4' END AS tax_status,
       coalesce(a.version, 0) AS version, a.decided_on AS changed_on,
       coalesce(a.employment_income_yen, 0) AS employment_income_yen, coalesce(a.total_income_yen, 0) AS total_income_yen,
       coalesce(a.gross_income_etc_yen, 0) AS gross_income_etc_yen, coalesce(a.basic_deduction_yen, 0) AS basic_deduction_yen,
       coalesce(a.city_income_levy_yen, 0) AS city_income_levy_yen, coalesce(a.prefecture_income_levy_yen, 0) AS prefecture_income_levy_yen
FROM member
LEFT JOIN newest_assessment a ON a.taxpayer_no = member.taxpayer_no AND a.fiscal_year = $fiscal_year
LEFT JOIN (SELECT DISTINCT taxpayer_no FROM pinned_resident WHERE fiscal_year = $fiscal_year) r ON r.taxpayer_no = member.taxpayer_no
ORDER BY member.taxpayer_no
