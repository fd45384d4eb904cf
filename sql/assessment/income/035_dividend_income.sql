-- 配当所得（総合課税）
-- 条文: 所得税法24条②（地方税法313条②による）
-- dividend_income_yen: 配当所得（負債の利子を引いた額、円）
-- What the interest exceeds the dividends by is lost: 配当所得 is none of the incomes whose losses count (所得税法69条①).
SELECT *,
  greatest(
    ordinary_dividend_yen + investment_trust_dividend_yen + foreign_currency_dividend_yen + other_dividend_yen, 0)
    AS dividend_income_yen
FROM previous
