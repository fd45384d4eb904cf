-- 定額減税（道府県民税）
-- 条文: 地方税法附則5条の8②、5条の12②
-- prefecture_fixed_reduction_yen: 道府県民税の定額減税額（1円未満切上げ、円）
SELECT *,
  CASE
    WHEN fixed_reduction_total_yen = 0 THEN 0
    WHEN city_levy_before_reduction_yen + prefecture_levy_before_reduction_yen <= fixed_reduction_total_yen
      THEN prefecture_levy_before_reduction_yen
    ELSE divide(fixed_reduction_total_yen * prefecture_levy_before_reduction_yen,
      city_levy_before_reduction_yen + prefecture_levy_before_reduction_yen, 1)
  END AS prefecture_fixed_reduction_yen
FROM previous
