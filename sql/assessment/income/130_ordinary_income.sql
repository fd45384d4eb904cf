-- 経常所得
-- 条文: 所得税法施行令198条一号（地方税法313条②による）
-- ordinary_income_yen: 経常所得の合計（不動産・事業の損失を引いた額。負は損失、円）
SELECT *,
  employment_income_yen - income_adjustment_deduction_yen + dividend_income_yen + real_estate_income_yen
    + business_income_yen + farming_income_yen + miscellaneous_income_yen AS ordinary_income_yen
FROM previous
