-- 配当割額・株式等譲渡所得割額の控除
-- 条文: 地方税法37条の4・314条の9①②、施行令48条の9の3
-- city_withheld_levy_yen: 配当割額・株式等譲渡所得割額のうち市町村民税の分（円）
-- city_withheld_levy_credit_yen: 市町村民税の配当割額・株式等譲渡所得割額の控除額（円）
-- prefecture_withheld_levy_yen: 配当割額・株式等譲渡所得割額のうち道府県民税の分（円）
-- prefecture_withheld_levy_credit_yen: 道府県民税の配当割額・株式等譲渡所得割額の控除額（円）
-- withheld_levy_refund_yen: 所得割から控除できなかった配当割額・株式等譲渡所得割額（円）
-- Both shares are lifted to a yen; what is given back is never more than was withheld.
SELECT *,
  CASE WHEN withheld_levy_yen = 0 THEN 0 ELSE divide(withheld_levy_yen * p_withheld_levy_city_share_numerator(),
    p_withheld_levy_city_share_denominator(), p_withheld_levy_rounding()) END AS city_withheld_levy_yen,
  least(city_withheld_levy_yen, city_levy_after_credits_yen - city_exemption_adjustment_yen)
    AS city_withheld_levy_credit_yen,
  CASE WHEN withheld_levy_yen = 0 THEN 0 ELSE divide(withheld_levy_yen * p_withheld_levy_prefecture_share_numerator(),
    p_withheld_levy_prefecture_share_denominator(), p_withheld_levy_rounding()) END AS prefecture_withheld_levy_yen,
  least(prefecture_withheld_levy_yen, prefecture_levy_after_credits_yen - prefecture_exemption_adjustment_yen)
    AS prefecture_withheld_levy_credit_yen,
  greatest(withheld_levy_yen - city_withheld_levy_credit_yen - prefecture_withheld_levy_credit_yen, 0)
    AS withheld_levy_refund_yen
FROM previous
