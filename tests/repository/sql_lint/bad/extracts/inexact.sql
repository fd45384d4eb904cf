SELECT
  annual_tax_yen / 4 AS quarter_yen, -- refused: slash
  annual_tax_yen * 0.06 AS levy_yen, -- refused: floating
  annual_tax_yen * 1e3 AS thousand, -- refused: floating
  annual_tax_yen::DOUBLE AS as_double, -- refused: floating
  CAST(annual_tax_yen AS REAL) AS as_real, -- refused: floating
  CAST(annual_tax_yen AS FLOAT) AS as_float, -- refused: floating
  avg(annual_tax_yen) AS mean_yen -- refused: floating
FROM pinned_assessment
