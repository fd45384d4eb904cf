-- 雑損控除
-- 条文: 地方税法314条の2①一（34条①一）
-- disaster_expense_counted_yen: 損失のうち災害関連支出（円）
-- casualty_deduction_yen: 雑損控除額（円）
-- The article's three cases come to one: the larger of the loss above a tenth of the income and the expense above 50,000.
SELECT *,
  least(disaster_expense_yen, casualty_loss_yen) AS disaster_expense_counted_yen,
  CASE WHEN casualty_loss_yen = 0 THEN 0 ELSE greatest(
    divide(
      greatest(casualty_loss_yen * p_casualty_threshold_rate_denominator()
        - gross_income_etc_yen * p_casualty_threshold_rate_numerator(), 0),
      p_casualty_threshold_rate_denominator(), p_threshold_rounding()),
    disaster_expense_counted_yen - p_casualty_disaster_expense_yen(), 0) END AS casualty_deduction_yen
FROM previous
