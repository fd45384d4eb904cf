-- 定額減税の額（市町村民税と道府県民税の合計）
-- 条文: 地方税法附則5条の8②⑤、5条の12②④
-- fixed_reduction_total_yen: 定額減税の額（所得割を限度とする前、円）
SELECT *,
  CASE
    WHEN NOT owes_income_levy OR total_income_yen > p_fixed_reduction_own_income_limit_yen() THEN 0
    WHEN NOT spouse_same_livelihood OR spouse_abroad THEN p_fixed_reduction_yen() * (1 + domestic_dependant_count)
    WHEN total_income_yen > p_deductible_spouse_own_income_limit_yen()
      THEN p_fixed_reduction_yen() * (1 + domestic_dependant_count) + p_fixed_reduction_other_spouse_yen()
    ELSE p_fixed_reduction_yen() * (1 + domestic_dependant_count + 1)
  END AS fixed_reduction_total_yen
FROM previous
