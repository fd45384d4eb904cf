-- 賦課: 家屋敷・事務所等の均等割は、市町村民税と道府県民税の和、納期ごとの額の和と一致し、版は途切れず、住所のある区にはない
WITH newest AS (
  SELECT * FROM ledger.house_levy
  QUALIFY row_number() OVER (PARTITION BY fiscal_year, taxpayer_no, ward_code ORDER BY house_levy_version DESC) = 1
)
SELECT
  count(*) FILTER (WHERE annual_tax_yen <> city_per_capita_yen + prefecture_per_capita_yen
    OR annual_tax_yen <> list_sum(ordinary_instalments_yen)) = 0
    AND (SELECT count(*) FROM newest) = count(*) FILTER (WHERE house_levy_version = 1)
    AND (SELECT coalesce(sum(house_levy_version), 0) FROM newest) = count(*)
    AND (SELECT count(*) FROM newest JOIN ledger.tax_base AS base USING (fiscal_year, taxpayer_no, tax_base_version)
         WHERE base.resident AND base.ward_code = newest.ward_code AND newest.annual_tax_yen > 0) = 0 AS ok,
  (SELECT count(*) FROM newest WHERE annual_tax_yen > 0) AS "件",
  (SELECT coalesce(sum(annual_tax_yen), 0)::BIGINT FROM newest) AS "円"
FROM ledger.house_levy
