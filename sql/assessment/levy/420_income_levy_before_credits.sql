-- 算出所得割
-- 条文: 地方税法314条の3①（35条①）、294条①一
-- owes_income_levy: 所得割の納税義務がある
-- city_income_levy_before_credits_yen: 市町村民税の算出所得割額（円）
-- prefecture_income_levy_before_credits_yen: 道府県民税の算出所得割額（円）
SELECT *,
  resident AND NOT income_levy_exempt AS owes_income_levy,
  CASE WHEN owes_income_levy THEN
    divide(taxable_at_full_rate_yen * p_city_income_levy_rate_numerator(), p_city_income_levy_rate_denominator(),
      p_income_levy_rounding()) + city_separate_levy_yen
  ELSE 0 END AS city_income_levy_before_credits_yen,
  CASE WHEN owes_income_levy THEN
    divide(taxable_at_full_rate_yen * p_prefecture_income_levy_rate_numerator(),
      p_prefecture_income_levy_rate_denominator(), p_income_levy_rounding()) + prefecture_separate_levy_yen
  ELSE 0 END AS prefecture_income_levy_before_credits_yen
FROM previous
