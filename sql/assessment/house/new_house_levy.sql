-- 家屋敷・事務所等の均等割（法24条1項2号・294条1項2号・737条1項）: versions that differ from the newest
-- One levy a ward in which somebody keeps a house or an office on 1 January without living in it. Of the exemptions only 生活扶助 counts
-- (docs/law-open-questions.md). No more than the per-capita levy is due at once, in the first instalment (法320ただし書, 条例).
-- A ward of before where nothing is owed any more gets a version of zero. A base whose number of houses an officer set to none owes nothing.
WITH base AS (
  SELECT taxpayer_no, ward_code, resident, public_assistance, house_count, tax_base_version
  FROM pinned_tax_base
  WHERE fiscal_year = p_fiscal_year()
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY tax_base_version DESC) = 1
),
house AS (
  SELECT DISTINCT taxpayer_no, ward_code
  FROM standing_outside
  WHERE entry_kind = 'house'
    AND from_on <= assessment_day()
    AND coalesce(to_on >= assessment_day(), true)
),
last AS (
  SELECT *
  FROM pinned_house_levy
  WHERE fiscal_year = p_fiscal_year()
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no, ward_code ORDER BY house_levy_version DESC) = 1
),
owed AS (
  SELECT
    taxpayer_no,
    house.ward_code,
    CASE WHEN public_assistance THEN 0 ELSE p_city_per_capita_yen() END AS city_per_capita_yen,
    CASE WHEN public_assistance THEN 0 ELSE p_prefecture_per_capita_yen() END AS prefecture_per_capita_yen
  FROM base
  JOIN house USING (taxpayer_no)
  WHERE house_count > 0 AND NOT (resident AND base.ward_code = house.ward_code)
),
levied AS (
  SELECT
    taxpayer_no,
    ward_code,
    coalesce(last.house_levy_version, 0) + 1 AS house_levy_version,
    coalesce(owed.city_per_capita_yen, 0) AS city_per_capita_yen,
    coalesce(owed.prefecture_per_capita_yen, 0) AS prefecture_per_capita_yen,
    last.annual_tax_yen IS NULL
      OR last.city_per_capita_yen <> coalesce(owed.city_per_capita_yen, 0)
      OR last.prefecture_per_capita_yen <> coalesce(owed.prefecture_per_capita_yen, 0) AS differs
  FROM owed
  FULL JOIN last USING (taxpayer_no, ward_code)
)
SELECT
  p_fiscal_year()::INTEGER AS fiscal_year,
  taxpayer_no,
  levied.ward_code,
  house_levy_version,
  tax_base_version,
  city_per_capita_yen,
  prefecture_per_capita_yen,
  city_per_capita_yen + prefecture_per_capita_yen AS annual_tax_yen,
  list_resize([city_per_capita_yen + prefecture_per_capita_yen], p_ordinary_instalment_count(), 0::BIGINT) AS ordinary_instalments_yen
FROM levied
JOIN base USING (taxpayer_no)
WHERE differs
ORDER BY taxpayer_no, levied.ward_code
