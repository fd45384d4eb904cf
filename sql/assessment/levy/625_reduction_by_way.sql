-- 徴収の方法ごとの定額減税の額
-- 条文: 地方税法附則5条の9①一、5条の11①一・③一
-- pension_reduction_yen: 年金所得に係る税額の定額減税の額（円）
-- ordinary_reduction_yen: 普通徴収する税額の定額減税の額（円）
SELECT *,
  CASE WHEN fixed_reduction_order AND by_pension THEN greatest(unreduced_pension_levy_yen - pension_levy_yen, 0)
       ELSE 0 END AS pension_reduction_yen,
  CASE WHEN NOT fixed_reduction_order THEN 0
       WHEN NOT by_employment AND NOT by_pension THEN unreduced_levy_yen - income_levy_yen
       WHEN NOT by_employment THEN greatest(
         unreduced_levy_yen - unreduced_pension_levy_yen - income_levy_yen + pension_levy_yen, 0)
       ELSE greatest(CASE WHEN other_joins_wages THEN 0 ELSE unreduced_other_levy_yen - other_levy_yen END
         + CASE WHEN by_pension OR pension_joins_wages THEN 0
                ELSE unreduced_pension_levy_yen - pension_levy_yen END, 0)
  END AS ordinary_reduction_yen
FROM previous
