-- 社会保険料控除
-- 条文: 地方税法314条の2①三（34条①三）
-- social_insurance_deduction_yen: 社会保険料控除額（円）
SELECT *, social_insurance_yen AS social_insurance_deduction_yen
FROM previous
