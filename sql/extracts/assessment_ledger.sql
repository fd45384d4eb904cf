-- 課税台帳: a row a taxpayer, newest version.
SELECT fiscal_year, taxpayer_no, version, decided_on, reason, name, address, ward_code, employment_paid_yen, employment_income_yen,
       total_income_yen, gross_income_etc_yen, deductions_yen, taxable_income_yen, city_income_levy_yen, prefecture_income_levy_yen,
       city_per_capita_yen, prefecture_per_capita_yen, forest_environment_tax_yen, annual_tax_yen,
       city_reduction_yen, prefecture_reduction_yen, forest_exemption_yen, reduced_annual_tax_yen, collection_method, payer_designated_no
FROM newest_assessment
WHERE fiscal_year = $fiscal_year
ORDER BY taxpayer_no, ward_code
