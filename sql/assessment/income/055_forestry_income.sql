-- 山林所得・申告した退職所得
-- 条文: 所得税法32条・30条（地方税法313条②による）、地方税法328条
-- forestry_income_yen: 山林所得（特別控除の後。負は損失、円）
-- retirement_income_yen: 退職所得（支払のときに分離課税されなかったもの、円）
SELECT *, forestry_yen AS forestry_income_yen, declared_retirement_income_yen AS retirement_income_yen
FROM previous
