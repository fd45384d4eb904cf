-- 課税される給与収入
-- 条文: 所得税法28条②（地方税法313条②による）、租税条約（条約免除）
-- taxable_paid_yen: 課税される給与収入（条約免除の給与を除く、円）
SELECT *, CASE WHEN treaty_exempt THEN 0 ELSE employment_paid_yen END AS taxable_paid_yen
FROM previous
