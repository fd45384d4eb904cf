-- 調整控除
-- 条文: 地方税法314条の6（37条）
-- city_adjustment_credit_yen: 市町村民税の調整控除額（円）
-- prefecture_adjustment_credit_yen: 道府県民税の調整控除額（円）
-- The base is a whole thousand, so that the rates leave no fraction of a yen.
SELECT *,
  least(city_income_levy_before_credits_yen,
    divide(adjustment_credit_base_yen * p_adjustment_credit_city_rate_numerator(),
      p_adjustment_credit_city_rate_denominator(), 0)) AS city_adjustment_credit_yen,
  least(prefecture_income_levy_before_credits_yen,
    divide(adjustment_credit_base_yen * p_adjustment_credit_prefecture_rate_numerator(),
      p_adjustment_credit_prefecture_rate_denominator(), 0)) AS prefecture_adjustment_credit_yen
FROM previous
