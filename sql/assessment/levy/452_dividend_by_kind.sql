-- 配当控除の対象となる配当所得
-- 条文: 地方税法附則5条①③
-- credited_ordinary_dividend_yen: 剰余金の配当等に係る配当所得（円）
-- credited_trust_dividend_yen: 証券投資信託に係る配当所得（円）
-- credited_foreign_dividend_yen: 一般外貨建等証券投資信託に係る配当所得（円）
-- dividend_credit_income_yen: 課税総所得金額と分離課税の課税所得の合計（円）
SELECT *,
  least(greatest(ordinary_dividend_yen, 0), dividend_income_yen) AS credited_ordinary_dividend_yen,
  least(greatest(investment_trust_dividend_yen, 0), dividend_income_yen - credited_ordinary_dividend_yen)
    AS credited_trust_dividend_yen,
  least(greatest(foreign_currency_dividend_yen, 0),
    dividend_income_yen - credited_ordinary_dividend_yen - credited_trust_dividend_yen)
    AS credited_foreign_dividend_yen,
  taxable_income_yen + taxable_land_short_yen + taxable_land_long_excellent_yen + taxable_land_long_residence_yen
    + separate_full_rate_yen AS dividend_credit_income_yen
FROM previous
