-- 合計所得金額・総所得金額
-- 条文: 地方税法292条①十三、313条①②
-- total_income_yen: 合計所得金額（円）
-- gross_income_yen: 総所得金額（円）
-- gross_income_etc_yen: 総所得金額等（円）
SELECT *,
  employment_income_yen - income_adjustment_deduction_yen AS total_income_yen,
  total_income_yen AS gross_income_yen,
  gross_income_yen AS gross_income_etc_yen
FROM previous
