-- The 合計所得金額 (法292①十三) of whoever was assessed for the fiscal year, by the newest assessment.
SELECT taxpayer_no, max_by(total_income_yen, commit_no) AS total_income_yen
FROM pinned_assessment
WHERE fiscal_year = $fiscal_year
GROUP BY taxpayer_no
