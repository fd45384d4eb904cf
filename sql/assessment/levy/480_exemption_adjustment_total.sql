-- 調整措置の額（所得割を引いた後の所得が非課税限度額を下回らないための減額）
-- 条文: 地方税法附則3条の3②⑤
-- exemption_adjustment_yen: 調整措置の額（市町村民税と道府県民税の合計、円）
-- Who owes the levy has more than the limit, so that the shortfall never exceeds the levy.
SELECT *,
  CASE WHEN owes_income_levy THEN
    greatest(income_levy_exemption_limit_yen
      - (gross_income_etc_yen - city_levy_after_credits_yen - prefecture_levy_after_credits_yen), 0)
  ELSE 0 END AS exemption_adjustment_yen
FROM previous
