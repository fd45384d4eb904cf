-- 定額減税前の所得割の、年金分・その他の分
-- 条文: 地方税法附則5条の9①一、5条の10、5条の11①一・③一
-- fixed_reduction_order: 令和6年度の定額減税があり、徴収の方法がそれによる
-- unreduced_levy_yen: 定額減税がないとした場合の所得割（市町村民税と道府県民税の合計、円）
-- unreduced_pension_levy_yen: そのうち年金所得に係る額（円）
-- unreduced_other_levy_yen: そのうち給与・年金以外の所得に係る額（円）
SELECT *,
  p_fixed_reduction_yen() > 0 AND city_fixed_reduction_yen + prefecture_fixed_reduction_yen > 0
    AS fixed_reduction_order,
  CASE WHEN fixed_reduction_order
    THEN floor_tax_amount(city_levy_before_reduction_yen) + floor_tax_amount(prefecture_levy_before_reduction_yen)
    ELSE income_levy_yen END AS unreduced_levy_yen,
  CASE WHEN NOT fixed_reduction_order THEN pension_levy_yen
       WHEN without_pension_levy_yen IS NOT NULL
         THEN greatest(unreduced_levy_yen - without_pension_unreduced_levy_yen, 0)
       WHEN employment_income_yen = 0 AND public_pension_income_yen > 0 THEN unreduced_levy_yen
       ELSE 0 END AS unreduced_pension_levy_yen,
  CASE WHEN NOT fixed_reduction_order THEN other_levy_yen
       WHEN without_pension_levy_yen IS NOT NULL THEN greatest(
         least(without_pension_unreduced_levy_yen, unreduced_levy_yen) - wages_only_unreduced_levy_yen, 0)
       WHEN employment_income_yen = 0 AND public_pension_income_yen = 0 THEN unreduced_levy_yen
       ELSE 0 END AS unreduced_other_levy_yen
FROM previous
