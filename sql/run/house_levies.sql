-- 家屋敷・事務所等の均等割 of the pinned fiscal year, as last decided: one row a person and ward; and where an officer's number of houses (補記) is
-- not that of the wards. Addresses are not told: `juminzei register show`.
WITH levy AS (
  SELECT *
  FROM pinned_house_levy
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no, ward_code ORDER BY house_levy_version DESC) = 1
),
base AS (
  SELECT taxpayer_no, resident, house_count
  FROM pinned_tax_base
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY tax_base_version DESC) = 1
),
counted AS (
  SELECT taxpayer_no, count(*) FILTER (WHERE annual_tax_yen > 0) AS wards
  FROM levy
  GROUP BY taxpayer_no
)
SELECT
  taxpayer_no AS "宛名番号",
  CASE WHEN resident THEN '当市区町村' ELSE 'ほかの市区町村' END AS "住所",
  coalesce(ward_code, '') AS "家屋敷等の区",
  coalesce(city_per_capita_yen, 0) AS "市町村民税（円）",
  coalesce(prefecture_per_capita_yen, 0) AS "道府県民税（円）",
  coalesce(annual_tax_yen, 0) AS "計（円）",
  coalesce(ordinary_instalments_yen[1], 0) AS "第1期（円）",
  coalesce(house_levy_version, 0) AS "版",
  decided_on AS "決定日",
  CASE
    WHEN house_count > coalesce(wards, 0) AND annual_tax_yen IS NULL THEN '区の分かる登録がない（住登外者・送付先等に登録）'
    WHEN house_count > 0 AND house_count <> wards AND annual_tax_yen > 0 THEN '数の補記 ' || house_count || ' と区の数が違う'
    ELSE ''
  END AS "所見"
FROM base
LEFT JOIN levy USING (taxpayer_no)
LEFT JOIN counted USING (taxpayer_no)
WHERE levy.taxpayer_no IS NOT NULL OR house_count > 0
ORDER BY taxpayer_no, ward_code
