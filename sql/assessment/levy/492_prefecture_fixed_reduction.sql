-- 定額減税（道府県民税）
-- 条文: 地方税法附則5条の12②
-- prefecture_fixed_reduction_yen: 道府県民税の定額減税額（1円未満切上げ、円）
SELECT *,
  CASE
    WHEN NOT fixed_reduction_due THEN 0
    WHEN city_levy_before_reduction_yen + prefecture_levy_before_reduction_yen <= p_fixed_reduction_yen()
      THEN prefecture_levy_before_reduction_yen
    ELSE divide(p_fixed_reduction_yen() * prefecture_levy_before_reduction_yen,
      city_levy_before_reduction_yen + prefecture_levy_before_reduction_yen, 1)
  END AS prefecture_fixed_reduction_yen
FROM previous
