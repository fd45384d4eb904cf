-- 住宅借入金等特別税額控除
-- 条文: 地方税法附則5条の4①⑤
-- city_housing_loan_credit_yen: 市町村民税の住宅借入金等特別税額控除額（円）
-- prefecture_housing_loan_credit_yen: 道府県民税の住宅借入金等特別税額控除額（円）
-- A credit takes away no more than the levy that is left.
SELECT *,
  CASE WHEN housing_credit_due THEN least(
    divide(housing_unused_credit_yen * p_housing_city_share_numerator(), p_housing_city_share_denominator(),
      p_housing_rounding()),
    city_housing_limit_yen,
    city_income_levy_before_credits_yen - city_adjustment_credit_yen - city_dividend_credit_yen)
  ELSE 0 END AS city_housing_loan_credit_yen,
  CASE WHEN housing_credit_due THEN least(
    divide(housing_unused_credit_yen * p_housing_prefecture_share_numerator(), p_housing_prefecture_share_denominator(),
      p_housing_rounding()),
    prefecture_housing_limit_yen,
    prefecture_income_levy_before_credits_yen - prefecture_adjustment_credit_yen - prefecture_dividend_credit_yen)
  ELSE 0 END AS prefecture_housing_loan_credit_yen
FROM previous
