-- What is levied for the year at all, in yen, and what is left of it after 減免: annual taxes and 家屋敷等の均等割.
SELECT
  CAST(coalesce(sum(annual_tax_yen), 0) AS BIGINT) AS levied_yen,
  CAST(coalesce(sum(reduced_annual_tax_yen), 0) AS BIGINT) AS reduced_yen
FROM (
  SELECT annual_tax_yen, reduced_annual_tax_yen FROM newest_assessment WHERE fiscal_year = $fiscal_year
  UNION ALL
  SELECT annual_tax_yen, annual_tax_yen FROM newest_house_levy
)
