-- 生命保険料の契約ごとの控除額
-- 条文: 地方税法314条の2①五イ(1)(2)・ロ・ハ(1)(2)（34条①五）
-- new_general_deduction_yen: 新生命保険料の控除額（円）
-- old_general_deduction_yen: 旧生命保険料の控除額（円）
-- care_deduction_yen: 介護医療保険料の控除額（円）
-- new_pension_deduction_yen: 新個人年金保険料の控除額（円）
-- old_pension_deduction_yen: 旧個人年金保険料の控除額（円）
SELECT *,
  t_life_insurance_new(new_general_premium_yen) AS new_general_deduction_yen,
  t_life_insurance_old(old_general_premium_yen) AS old_general_deduction_yen,
  t_life_insurance_new(care_premium_yen) AS care_deduction_yen,
  t_life_insurance_new(new_pension_premium_yen) AS new_pension_deduction_yen,
  t_life_insurance_old(old_pension_premium_yen) AS old_pension_deduction_yen
FROM previous
