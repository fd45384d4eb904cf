-- 所得割
-- 条文: 地方税法20条の4の2③
-- city_income_levy_yen: 市町村民税の所得割（円）
-- prefecture_income_levy_yen: 道府県民税の所得割（円）
SELECT *,
  floor_tax_amount(city_levy_before_reduction_yen - city_fixed_reduction_yen) AS city_income_levy_yen,
  floor_tax_amount(prefecture_levy_before_reduction_yen - prefecture_fixed_reduction_yen)
    AS prefecture_income_levy_yen
FROM previous
