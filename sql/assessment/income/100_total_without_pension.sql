-- 公的年金等に係る雑所得以外の合計所得金額
-- 条文: 所得税法35条④一（地方税法施行令48条の5の2による読替え）
-- total_income_without_pension_yen: 公的年金等に係る雑所得以外の合計所得金額（円）
SELECT *,
  separate_income_yen + CASE
    WHEN has_loss THEN total_set_off(ordinary_without_pension_yen, greatest(capital_short_income_yen, 0),
      greatest(capital_long_income_yen, 0), capital_loss_yen, occasional_income_yen, forestry_income_yen,
      retirement_income_yen)
    ELSE ordinary_without_pension_yen + capital_short_income_yen + half_taxed(capital_long_income_yen + occasional_income_yen)
      + forestry_income_yen + retirement_income_yen
  END AS total_income_without_pension_yen
FROM previous
