-- 経常所得（公的年金等のほか）と譲渡所得の損失
-- 条文: 所得税法施行令198条一号・二号（地方税法313条②による）
-- ordinary_without_pension_yen: 年金を受けなかったとした場合の経常所得の合計（負は損失、円）
-- capital_loss_yen: 譲渡所得（総合課税）の損失（0以上、円）
-- has_loss: 損益通算の対象となる損失がありうる
SELECT *,
  employment_income_yen - income_adjustment_child_yen + dividend_income_yen + real_estate_income_yen
    + business_income_yen + farming_income_yen + greatest(miscellaneous_business_yen + miscellaneous_yen, 0)
    AS ordinary_without_pension_yen,
  greatest(-capital_short_income_yen, 0) + greatest(-capital_long_income_yen, 0) AS capital_loss_yen,
  capital_loss_yen > 0 OR least(real_estate_income_yen, business_income_yen, farming_income_yen,
    forestry_income_yen) < 0 AS has_loss
FROM previous
