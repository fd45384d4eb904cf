-- 外国税額控除
-- 条文: 地方税法37条の3・314条の8、施行令7条の19③・48条の9の2④
-- prefecture_foreign_tax_limit_yen: 道府県民税の控除限度額（円）
-- city_foreign_tax_limit_yen: 市町村民税の控除限度額（円）
-- prefecture_foreign_tax_credit_yen: 道府県民税の外国税額控除額（円）
-- city_foreign_tax_credit_yen: 市町村民税の外国税額控除額（円）
-- The city takes what exceeds the prefecture's limit, whether or not the prefecture's levy was enough for it.
SELECT *,
  CASE WHEN foreign_tax_yen = 0 OR NOT owes_income_levy THEN 0 ELSE divide(
    foreign_tax_national_limit_yen * p_foreign_tax_prefecture_rate_numerator(),
    p_foreign_tax_prefecture_rate_denominator(), p_foreign_tax_rounding()) END AS prefecture_foreign_tax_limit_yen,
  CASE WHEN foreign_tax_yen = 0 OR NOT owes_income_levy THEN 0 ELSE divide(
    foreign_tax_national_limit_yen * p_foreign_tax_city_rate_numerator(),
    p_foreign_tax_city_rate_denominator(), p_foreign_tax_rounding()) END AS city_foreign_tax_limit_yen,
  least(foreign_tax_yen, prefecture_foreign_tax_limit_yen,
    prefecture_levy_for_donation_yen - prefecture_donation_credit_yen) AS prefecture_foreign_tax_credit_yen,
  least(greatest(foreign_tax_yen - prefecture_foreign_tax_limit_yen, 0), city_foreign_tax_limit_yen,
    city_levy_for_donation_yen - city_donation_credit_yen) AS city_foreign_tax_credit_yen
FROM previous
