-- 調整控除の基礎となる額
-- 条文: 地方税法314条の6一・二（37条一・二）
-- adjustment_credit_base_yen: 調整控除の基礎となる額（円）
SELECT *,
  CASE
    WHEN NOT owes_income_levy OR total_income_yen > p_adjustment_credit_own_income_limit_yen() THEN 0
    WHEN taxable_at_full_rate_yen <= p_adjustment_credit_boundary_yen()
      THEN least(personal_deduction_difference_yen, taxable_at_full_rate_yen)
    ELSE greatest(
      personal_deduction_difference_yen - (taxable_at_full_rate_yen - p_adjustment_credit_boundary_yen()),
      p_adjustment_credit_floor_yen())
  END AS adjustment_credit_base_yen
FROM previous
