-- 一時所得
-- 条文: 所得税法34条②③（地方税法313条②による）
-- occasional_income_yen: 一時所得（特別控除の後、2分の1の前、円）
SELECT *, greatest(occasional_gain_yen - p_occasional_special_deduction_yen(), 0) AS occasional_income_yen
FROM previous
