-- 調整措置の按分
-- 条文: 地方税法附則3条の3②⑤
-- prefecture_exemption_adjustment_yen: 道府県民税の調整措置の額（円）
-- city_exemption_adjustment_yen: 市町村民税の調整措置の額（残り、円）
SELECT *,
  CASE WHEN exemption_adjustment_yen > 0 THEN
    divide(exemption_adjustment_yen * prefecture_levy_after_credits_yen,
      city_levy_after_credits_yen + prefecture_levy_after_credits_yen, p_exemption_adjustment_rounding())
  ELSE 0 END AS prefecture_exemption_adjustment_yen,
  exemption_adjustment_yen - prefecture_exemption_adjustment_yen AS city_exemption_adjustment_yen
FROM previous
