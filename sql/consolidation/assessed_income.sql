-- The 合計所得金額 (法292①十三) of whoever was assessed for the fiscal year, by the newest assessment.
SELECT taxpayer_no, total_income_yen
FROM pinned_assessment
WHERE fiscal_year = $fiscal_year
QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY commit_no DESC, version DESC, ward_code) = 1
