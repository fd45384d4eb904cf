-- 対象となる本人: everybody assessed for the year, or levied for a house or an office.
SELECT DISTINCT taxpayer_no
FROM newest_assessment
WHERE fiscal_year = $fiscal_year
UNION
SELECT taxpayer_no
FROM newest_house_levy
