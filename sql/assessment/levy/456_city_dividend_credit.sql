-- 配当控除（市町村民税）
-- 条文: 地方税法附則5条③
-- city_dividend_credit_yen: 市町村民税の配当控除額（円）
SELECT *,
  CASE WHEN NOT owes_income_levy OR dividend_income_yen = 0 THEN 0 ELSE least(
    divide(
      (credited_ordinary_dividend_yen - upper_ordinary_dividend_yen)
          * in_dividend_unit(p_dividend_credit_ordinary_city_rate_numerator(),
              p_dividend_credit_ordinary_city_rate_denominator())
        + upper_ordinary_dividend_yen
          * in_dividend_unit(p_dividend_credit_ordinary_city_upper_rate_numerator(),
              p_dividend_credit_ordinary_city_upper_rate_denominator())
        + (credited_trust_dividend_yen - upper_trust_dividend_yen)
          * in_dividend_unit(p_dividend_credit_investment_trust_city_rate_numerator(),
              p_dividend_credit_investment_trust_city_rate_denominator())
        + upper_trust_dividend_yen
          * in_dividend_unit(p_dividend_credit_investment_trust_city_upper_rate_numerator(),
              p_dividend_credit_investment_trust_city_upper_rate_denominator())
        + (credited_foreign_dividend_yen - upper_foreign_dividend_yen)
          * in_dividend_unit(p_dividend_credit_foreign_currency_city_rate_numerator(),
              p_dividend_credit_foreign_currency_city_rate_denominator())
        + upper_foreign_dividend_yen
          * in_dividend_unit(p_dividend_credit_foreign_currency_city_upper_rate_numerator(),
              p_dividend_credit_foreign_currency_city_upper_rate_denominator()),
      p_dividend_credit_rate_unit(), p_dividend_credit_rounding()),
    city_income_levy_before_credits_yen - city_adjustment_credit_yen) END AS city_dividend_credit_yen
FROM previous
