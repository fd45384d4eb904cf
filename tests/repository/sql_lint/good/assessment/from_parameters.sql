-- 法314条の3: the rate is a fraction of two parameters, the division is the rounding macro's.
SELECT
  *,
  floor_quotient(taxable_income_yen * p_city_rate_numerator(), p_city_rate_denominator()) AS city_income_levy_yen,
  CASE WHEN taxable_income_yen > 0 THEN 1 ELSE 0 END AS pays_count
FROM income
