-- 年金からの特別徴収の、仮徴収と本徴収の額
-- 条文: 地方税法321条の7の2①③、321条の7の8①、附則5条の8⑥
-- pension_unreduced_yen: 定額減税前の年金所得に係る税額（円）
-- pension_provisional_total_yen: 仮徴収の額（前年度の年金所得に係る税額の半額、円）
-- pension_final_total_yen: 本徴収の額（定額減税前、円）
-- pension_by_bill_yen: 初年度に普通徴収する額（定額減税前、円）
-- A half is cut to hundreds, and is a hundred where less than that would be left of it.
SELECT *,
  by_pension_yen + pension_reduction_yen AS pension_unreduced_yen,
  CASE WHEN NOT by_pension OR pension_first_year OR previous_pension_tax_yen = 0 THEN 0
    ELSE greatest(p_pension_split_unit_yen(), floor_to(divide(
      previous_pension_tax_yen * p_pension_half_share_numerator(), p_pension_half_share_denominator(), 0),
      p_pension_split_unit_yen())) END AS pension_provisional_total_yen,
  CASE WHEN NOT pension_first_year THEN greatest(pension_unreduced_yen - pension_provisional_total_yen, 0)
       WHEN pension_unreduced_yen = 0 THEN 0
       ELSE greatest(p_pension_split_unit_yen(), floor_to(divide(
         pension_unreduced_yen * p_pension_half_share_numerator(), p_pension_half_share_denominator(), 0),
         p_pension_split_unit_yen())) END AS pension_final_total_yen,
  CASE WHEN pension_first_year THEN pension_unreduced_yen - pension_final_total_yen ELSE 0 END AS pension_by_bill_yen
FROM previous
