-- 配当控除の率（地方税法附則5条①③）: the numerator of a rate over the common denominator, so that the sum is rounded once
CREATE OR REPLACE TEMP MACRO in_dividend_unit(numerator, denominator) AS
  numerator * divide(p_dividend_credit_rate_unit(), denominator, 0);
