-- 申告特例控除額（ワンストップ特例）
-- 条文: 地方税法附則7条の2②⑤、7条の3
-- city_one_stop_credit_yen: 市町村民税の申告特例控除額（円）
-- prefecture_one_stop_credit_yen: 道府県民税の申告特例控除額（円）
-- city_donation_credit_yen: 市町村民税の寄附金税額控除額（基本・特例・申告特例の合計、円）
-- prefecture_donation_credit_yen: 道府県民税の寄附金税額控除額（基本・特例・申告特例の合計、円）
SELECT *,
  CASE WHEN NOT one_stop OR NOT has_donation THEN 0 ELSE least(
    divide(city_donation_special_credit_yen * t_one_stop_tax_share(donation_ratio_income_yen),
      t_one_stop_base_share(donation_ratio_income_yen), p_donation_rounding()),
    city_levy_for_donation_yen - city_donation_basic_credit_yen - city_donation_special_credit_yen)
  END AS city_one_stop_credit_yen,
  CASE WHEN NOT one_stop OR NOT has_donation THEN 0 ELSE least(
    divide(prefecture_donation_special_credit_yen * t_one_stop_tax_share(donation_ratio_income_yen),
      t_one_stop_base_share(donation_ratio_income_yen), p_donation_rounding()),
    prefecture_levy_for_donation_yen - prefecture_donation_basic_credit_yen - prefecture_donation_special_credit_yen)
  END AS prefecture_one_stop_credit_yen,
  city_donation_basic_credit_yen + city_donation_special_credit_yen + city_one_stop_credit_yen
    AS city_donation_credit_yen,
  prefecture_donation_basic_credit_yen + prefecture_donation_special_credit_yen + prefecture_one_stop_credit_yen
    AS prefecture_donation_credit_yen
FROM previous
