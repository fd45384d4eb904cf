-- 地震保険料控除
-- 条文: 地方税法314条の2①五の三（34条①五の三）、平成18年法律7号附則
-- earthquake_insurance_deduction_yen: 地震保険料控除額（円）
SELECT *,
  least(
    t_earthquake_insurance(earthquake_premium_yen) + t_old_long_term_insurance(old_long_term_premium_yen),
    p_earthquake_insurance_limit_yen()
  ) AS earthquake_insurance_deduction_yen
FROM previous
