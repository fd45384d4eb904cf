-- Whole-number division. DuckDB gives NULL for a division by zero; a tax must not vanish that way, so it is an error:
-- the text cannot become a number (error() counts as a side effect and would forbid naming the result in the same SELECT).
-- `up` is 1 to round up to the next whole number and 0 to cut off. Amounts are never negative here.
CREATE OR REPLACE TEMP MACRO divide(amount, divisor, up) AS
  CASE WHEN divisor = 0 THEN CAST('0で割ろうとしました' AS BIGINT)
       ELSE (amount + up * (divisor - 1)) // divisor END;
