-- 退職所得の分離課税
-- 条文: 地方税法328条の3・50条の4、20条の4の2③
-- city_tax_yen: 市町村民税（円）
-- prefecture_tax_yen: 道府県民税（円）
SELECT *,
  floor_tax_amount(divide(retirement_income_yen * p_retirement_city_rate_numerator(),
    p_retirement_city_rate_denominator(), 0)) AS city_tax_yen,
  floor_tax_amount(divide(retirement_income_yen * p_retirement_prefecture_rate_numerator(),
    p_retirement_prefecture_rate_denominator(), 0)) AS prefecture_tax_yen
FROM previous
