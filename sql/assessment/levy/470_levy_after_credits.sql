-- 税額控除後の所得割
-- 条文: 地方税法附則3条の3②⑤（二号・三号の所得割の額）
-- city_levy_after_credits_yen: 市町村民税の税額控除後の所得割（円）
-- prefecture_levy_after_credits_yen: 道府県民税の税額控除後の所得割（円）
SELECT *,
  city_levy_for_donation_yen - city_donation_credit_yen - city_foreign_tax_credit_yen AS city_levy_after_credits_yen,
  prefecture_levy_for_donation_yen - prefecture_donation_credit_yen - prefecture_foreign_tax_credit_yen
    AS prefecture_levy_after_credits_yen
FROM previous
