-- 扶養控除
-- 条文: 地方税法314条の2①十一・④（34条①十一・④）
-- dependant_deduction_yen: 扶養控除額（円）
SELECT *,
  general_dependant_count * p_dependant_general_deduction_yen()
    + specific_dependant_count * p_dependant_specific_deduction_yen()
    + elderly_dependant_count * p_dependant_elderly_deduction_yen()
    + elderly_parent_dependant_count * p_dependant_elderly_parent_deduction_yen() AS dependant_deduction_yen
FROM previous
