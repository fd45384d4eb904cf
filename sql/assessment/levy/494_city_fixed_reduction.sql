-- 定額減税（市町村民税）
-- 条文: 地方税法附則5条の8⑤、5条の12④
-- city_fixed_reduction_yen: 市町村民税の定額減税額（道府県民税の額を引いた残り、円）
SELECT *,
  CASE
    WHEN fixed_reduction_total_yen = 0 THEN 0
    WHEN city_levy_before_reduction_yen + prefecture_levy_before_reduction_yen <= fixed_reduction_total_yen
      THEN city_levy_before_reduction_yen
    ELSE fixed_reduction_total_yen - prefecture_fixed_reduction_yen
  END AS city_fixed_reduction_yen
FROM previous
