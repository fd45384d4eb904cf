-- 年税額
-- 条文: 地方税法294条①一（24条①一）、319条②、森林環境税法7条
-- city_tax_yen: 市町村民税（円）
-- prefecture_tax_yen: 道府県民税（円）
-- annual_tax_yen: 年税額（市町村民税・道府県民税・森林環境税の合計、円）
SELECT *,
  city_income_levy_yen + city_per_capita_yen AS city_tax_yen,
  prefecture_income_levy_yen + prefecture_per_capita_yen AS prefecture_tax_yen,
  city_tax_yen + prefecture_tax_yen + forest_environment_tax_yen AS annual_tax_yen
FROM previous
