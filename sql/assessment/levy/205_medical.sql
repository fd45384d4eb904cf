-- 医療費控除
-- 条文: 地方税法314条の2①二（34条①二）、附則4条の5①③
-- medical_expense_deduction_yen: 医療費の控除額（円）
-- self_medication_deduction_yen: 特定一般用医薬品等購入費の控除額（円）
-- medical_deduction_yen: 医療費控除額（二つのうち有利な方、円）
SELECT *,
  CASE WHEN medical_expense_yen = 0 THEN 0 ELSE least(
    greatest(
      medical_expense_yen - p_medical_threshold_yen(),
      divide(
        greatest(medical_expense_yen * p_medical_threshold_rate_denominator()
          - gross_income_etc_yen * p_medical_threshold_rate_numerator(), 0),
        p_medical_threshold_rate_denominator(), p_threshold_rounding()),
      0),
    p_medical_limit_yen()) END AS medical_expense_deduction_yen,
  least(greatest(self_medication_expense_yen - p_self_medication_threshold_yen(), 0), p_self_medication_limit_yen())
    AS self_medication_deduction_yen,
  greatest(medical_expense_deduction_yen, self_medication_deduction_yen) AS medical_deduction_yen
FROM previous
