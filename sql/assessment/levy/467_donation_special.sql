-- 寄附金税額控除（特例控除額）
-- 条文: 地方税法314条の7⑪、37条の2⑪、附則5条の5・5条の6
-- city_donation_special_credit_yen: 市町村民税の特例控除額（円）
-- prefecture_donation_special_credit_yen: 道府県民税の特例控除額（円）
SELECT *,
  CASE WHEN coalesce(donation_special_ratio, 0) = 0 THEN 0 ELSE least(
    divide(greatest(furusato_yen - p_donation_threshold_yen(), 0) * donation_special_ratio * p_donation_special_city_share_numerator(),
      p_donation_ratio_unit() * p_donation_special_city_share_denominator(), p_donation_rounding()),
    divide(
      (city_income_levy_before_credits_yen - city_adjustment_credit_yen)
        * p_donation_special_limit_rate_numerator(),
      p_donation_special_limit_rate_denominator(), p_donation_rounding()),
    city_levy_for_donation_yen - city_donation_basic_credit_yen) END AS city_donation_special_credit_yen,
  CASE WHEN coalesce(donation_special_ratio, 0) = 0 THEN 0 ELSE least(
    divide(greatest(furusato_yen - p_donation_threshold_yen(), 0) * donation_special_ratio * p_donation_special_prefecture_share_numerator(),
      p_donation_ratio_unit() * p_donation_special_prefecture_share_denominator(), p_donation_rounding()),
    divide(
      (prefecture_income_levy_before_credits_yen - prefecture_adjustment_credit_yen)
        * p_donation_special_limit_rate_numerator(),
      p_donation_special_limit_rate_denominator(), p_donation_rounding()),
    prefecture_levy_for_donation_yen - prefecture_donation_basic_credit_yen) END AS prefecture_donation_special_credit_yen
FROM previous
