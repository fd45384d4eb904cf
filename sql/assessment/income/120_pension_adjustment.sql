-- 所得金額調整控除（給与所得と年金の雑所得の両方がある者）
-- 条文: 租税特別措置法41条の3の11②（地方税法313条②、施行令48条の5の2による）
-- income_adjustment_pension_part_yen: 所得金額調整控除額②（円）
-- income_adjustment_deduction_yen: 所得金額調整控除額（①と②の合計、円）
SELECT *,
  greatest(
    least(employment_income_yen, p_income_adjustment_pension_yen())
    + least(public_pension_income_yen, p_income_adjustment_pension_yen()) - p_income_adjustment_pension_yen(), 0)
    AS income_adjustment_pension_part_yen,
  income_adjustment_child_yen + income_adjustment_pension_part_yen AS income_adjustment_deduction_yen
FROM previous
