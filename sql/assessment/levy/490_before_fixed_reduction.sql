-- 定額減税前の所得割
-- 条文: 地方税法附則5条の12①②、5条の8①
-- fixed_reduction_due: 控除対象配偶者でない国内の同一生計配偶者があり、合計所得金額が上限以下
-- city_levy_before_reduction_yen: 市町村民税の定額減税前の所得割（円）
-- prefecture_levy_before_reduction_yen: 道府県民税の定額減税前の所得割（円）
SELECT *,
  spouse_same_livelihood AND NOT spouse_abroad
    AND total_income_yen > p_deductible_spouse_own_income_limit_yen()
    AND total_income_yen <= p_fixed_reduction_own_income_limit_yen() AS fixed_reduction_due,
  city_levy_after_credits_yen - city_exemption_adjustment_yen AS city_levy_before_reduction_yen,
  prefecture_levy_after_credits_yen - prefecture_exemption_adjustment_yen AS prefecture_levy_before_reduction_yen
FROM previous
