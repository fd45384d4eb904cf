-- 基礎控除
-- 条文: 地方税法314条の2②（34条②）
-- basic_deduction_yen: 基礎控除額（円）
SELECT *, t_basic_deduction(total_income_yen) AS basic_deduction_yen
FROM previous
