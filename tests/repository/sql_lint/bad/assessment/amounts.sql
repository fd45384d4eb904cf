SELECT
  430000 AS basic_deduction_yen, -- refused: literal
  '430000'::BIGINT AS basic_deduction_again_yen, -- refused: literal
  taxable_income_yen * 6 AS levy_times_hundred, -- refused: literal
  CAST(taxable_income_yen AS DECIMAL) AS taxable -- refused: decimal
FROM income
