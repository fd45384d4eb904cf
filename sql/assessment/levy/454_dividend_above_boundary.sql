-- 配当控除の率が半分になる配当所得
-- 条文: 地方税法附則5条①③各号
-- upper_ordinary_dividend_yen: 剰余金の配当等のうち1,000万円を超える部分（円）
-- upper_trust_dividend_yen: 証券投資信託のうち1,000万円を超える部分（円）
-- upper_foreign_dividend_yen: 一般外貨建等証券投資信託のうち1,000万円を超える部分（円）
SELECT *,
  least(credited_ordinary_dividend_yen, greatest(
    dividend_credit_income_yen - credited_trust_dividend_yen - credited_foreign_dividend_yen
    - p_dividend_credit_boundary_yen(), 0)) AS upper_ordinary_dividend_yen,
  least(credited_trust_dividend_yen, greatest(
    dividend_credit_income_yen - credited_foreign_dividend_yen - p_dividend_credit_boundary_yen(), 0))
    AS upper_trust_dividend_yen,
  least(credited_foreign_dividend_yen, greatest(dividend_credit_income_yen - p_dividend_credit_boundary_yen(), 0))
    AS upper_foreign_dividend_yen
FROM previous
