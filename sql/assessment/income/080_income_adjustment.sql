-- 所得金額調整控除（子ども・特別障害者等を有する者等）
-- 条文: 租税特別措置法41条の3の11①、地方税法施行令48条の5の2
-- income_adjustment_due: 対象となる者である
-- income_adjustment_child_yen: 所得金額調整控除額①（円）
SELECT *,
  taxable_paid_yen > p_income_adjustment_from_yen() AND (
    self_disability = 'special'
    OR has_child_dependant
    OR special_disabled_dependant_count + special_living_together_dependant_count > 0
    OR (spouse_same_livelihood AND spouse_disability = 'special')
  ) AS income_adjustment_due,
  CASE WHEN income_adjustment_due THEN
    divide(
      (least(taxable_paid_yen, p_income_adjustment_cap_yen()) - p_income_adjustment_from_yen())
        * p_income_adjustment_rate_numerator(),
      p_income_adjustment_rate_denominator(),
      p_income_adjustment_rounding())
  ELSE 0 END AS income_adjustment_child_yen
FROM previous
