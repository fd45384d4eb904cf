-- 年金からの特別徴収だけの事例（年税額が示されている）
SELECT
  case_no AS taxpayer_no,
  'pension' AS collection_method,
  FALSE AS by_employment,
  TRUE AS by_pension,
  FALSE AS fixed_reduction_order,
  annual_tax_yen AS by_pension_yen,
  0::BIGINT AS by_ordinary_yen,
  0::BIGINT AS per_capita_total_yen,
  0::BIGINT AS pension_reduction_yen,
  0::BIGINT AS ordinary_reduction_yen,
  previous_year_tax_yen AS previous_pension_tax_yen,
  first_year AS pension_first_year
FROM case_pension
