-- 徴収の方法ごとの税額
-- 条文: 地方税法321条の3①②、321条の7の2①③、319条
-- per_capita_total_yen: 均等割と森林環境税の合計（円）
-- by_employment_yen: 給与から特別徴収する税額（円）
-- by_pension_yen: 年金所得に係る税額（年金からの特別徴収と、初年度の普通徴収。円）
-- by_ordinary_yen: 普通徴収する税額（年金所得に係る額を除く、円）
-- The per-capita levy goes with the wages, else with the pension, else by bill.
SELECT *,
  city_per_capita_yen + prefecture_per_capita_yen + forest_environment_tax_yen AS per_capita_total_yen,
  CASE WHEN by_employment THEN
    income_levy_yen - pension_levy_yen - other_levy_yen + per_capita_total_yen
      + CASE WHEN other_joins_wages THEN other_levy_yen ELSE 0 END
      + CASE WHEN pension_joins_wages THEN pension_levy_yen ELSE 0 END
  ELSE 0 END AS by_employment_yen,
  CASE WHEN NOT by_pension THEN 0 WHEN by_employment THEN pension_levy_yen
       ELSE pension_levy_yen + per_capita_total_yen END AS by_pension_yen,
  annual_tax_yen - by_employment_yen - by_pension_yen AS by_ordinary_yen
FROM previous
