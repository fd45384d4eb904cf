-- 対象となる本人: everybody assessed for the year.
SELECT DISTINCT taxpayer_no
FROM newest_assessment
WHERE fiscal_year = $fiscal_year
