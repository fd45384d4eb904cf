-- 生命保険料控除
-- 条文: 地方税法314条の2①五イ(3)・ハ(3)（34条①五）
-- general_deduction_yen: 一般の生命保険料の控除額（円）
-- pension_deduction_yen: 個人年金保険料の控除額（円）
-- life_insurance_deduction_yen: 生命保険料控除額（円）
SELECT *,
  life_insurance_of_kind(new_general_premium_yen, new_general_deduction_yen, old_general_deduction_yen)
    AS general_deduction_yen,
  life_insurance_of_kind(new_pension_premium_yen, new_pension_deduction_yen, old_pension_deduction_yen)
    AS pension_deduction_yen,
  least(general_deduction_yen + care_deduction_yen + pension_deduction_yen, p_life_insurance_limit_yen())
    AS life_insurance_deduction_yen
FROM previous
