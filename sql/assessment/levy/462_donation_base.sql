-- 寄附金税額控除の基礎
-- 条文: 地方税法314条の7①⑪、37条の2①⑪
-- has_donation: 寄附金があり、所得割の納税義務がある
-- city_levy_for_donation_yen: 配当控除・住宅借入金等特別税額控除の後の市町村民税の所得割（円）
-- prefecture_levy_for_donation_yen: 配当控除・住宅借入金等特別税額控除の後の道府県民税の所得割（円）
SELECT *,
  owes_income_levy AND furusato_yen + donation_both_yen + donation_city_yen + donation_prefecture_yen > 0
    AS has_donation,
  city_income_levy_before_credits_yen - city_adjustment_credit_yen - city_dividend_credit_yen
    - city_housing_loan_credit_yen AS city_levy_for_donation_yen,
  prefecture_income_levy_before_credits_yen - prefecture_adjustment_credit_yen - prefecture_dividend_credit_yen
    - prefecture_housing_loan_credit_yen AS prefecture_levy_for_donation_yen
FROM previous
