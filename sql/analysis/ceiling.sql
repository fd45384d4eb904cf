-- ceiling: for each figure the amount that $top_count persons reach or exceed; what is above it is shown as it.
SELECT
  list_min(max(employment_paid_yen, $top_count)) AS employment_paid_yen,
  list_min(max(employment_income_yen, $top_count)) AS employment_income_yen,
  list_min(max(total_income_yen, $top_count)) AS total_income_yen,
  list_min(max(deductions_yen, $top_count)) AS deductions_yen,
  list_min(max(taxable_income_yen, $top_count)) AS taxable_income_yen,
  list_min(max(city_income_levy_yen, $top_count)) AS city_income_levy_yen,
  list_min(max(prefecture_income_levy_yen, $top_count)) AS prefecture_income_levy_yen,
  list_min(max(city_tax_yen, $top_count)) AS city_tax_yen,
  list_min(max(prefecture_tax_yen, $top_count)) AS prefecture_tax_yen,
  list_min(max(annual_tax_yen, $top_count)) AS annual_tax_yen
FROM assessed
