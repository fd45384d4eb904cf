-- 課税台帳: a row a taxpayer, newest version; and a row a ward of those who are levied for a house or an office there (家屋敷等の均等割, 法737①), whose
-- income is not asked.
SELECT fiscal_year, taxpayer_no, 'resident' AS levy_kind, version, decided_on, reason, name, address, ward_code, employment_paid_yen, employment_income_yen,
       total_income_yen, gross_income_etc_yen, deductions_yen, taxable_income_yen, city_income_levy_yen, prefecture_income_levy_yen,
       city_per_capita_yen, prefecture_per_capita_yen, forest_environment_tax_yen, annual_tax_yen,
       city_reduction_yen, prefecture_reduction_yen, forest_exemption_yen, reduced_annual_tax_yen, collection_method, payer_designated_no
FROM newest_assessment
WHERE fiscal_year = $fiscal_year
UNION ALL BY NAME
SELECT fiscal_year, taxpayer_no, 'house' AS levy_kind, house_levy_version AS version, decided_on,
       CASE house_levy_version WHEN 1 THEN 'initial' ELSE 'correction' END AS reason, name, address, ward_code,
       0::BIGINT AS city_income_levy_yen, 0::BIGINT AS prefecture_income_levy_yen, city_per_capita_yen, prefecture_per_capita_yen,
       0::BIGINT AS forest_environment_tax_yen, annual_tax_yen, 0::BIGINT AS city_reduction_yen, 0::BIGINT AS prefecture_reduction_yen,
       0::BIGINT AS forest_exemption_yen, annual_tax_yen AS reduced_annual_tax_yen, 'ordinary' AS collection_method
FROM newest_house_levy
ORDER BY taxpayer_no, levy_kind DESC, ward_code
