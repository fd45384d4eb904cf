-- 寄附金税額控除（基本）
-- 条文: 地方税法314条の7①、37条の2①
-- city_donation_basic_credit_yen: 市町村民税の寄附金税額控除の基本額（円）
-- prefecture_donation_basic_credit_yen: 道府県民税の寄附金税額控除の基本額（円）
SELECT *,
  CASE WHEN NOT has_donation THEN 0 ELSE least(
    divide(
      greatest(
        least((furusato_yen + donation_both_yen + donation_city_yen) * p_donation_income_rate_denominator(),
          gross_income_etc_yen * p_donation_income_rate_numerator())
        - p_donation_threshold_yen() * p_donation_income_rate_denominator(), 0) * p_donation_city_rate_numerator(),
      p_donation_income_rate_denominator() * p_donation_city_rate_denominator(), p_donation_rounding()),
    city_levy_for_donation_yen) END AS city_donation_basic_credit_yen,
  CASE WHEN NOT has_donation THEN 0 ELSE least(
    divide(
      greatest(
        least((furusato_yen + donation_both_yen + donation_prefecture_yen) * p_donation_income_rate_denominator(),
          gross_income_etc_yen * p_donation_income_rate_numerator())
        - p_donation_threshold_yen() * p_donation_income_rate_denominator(), 0) * p_donation_prefecture_rate_numerator(),
      p_donation_income_rate_denominator() * p_donation_prefecture_rate_denominator(), p_donation_rounding()),
    prefecture_levy_for_donation_yen) END AS prefecture_donation_basic_credit_yen
FROM previous
