-- 小規模企業共済等掛金控除
-- 条文: 地方税法314条の2①四（34条①四）
-- small_enterprise_deduction_yen: 小規模企業共済等掛金控除額（円）
SELECT *, small_enterprise_yen AS small_enterprise_deduction_yen
FROM previous
