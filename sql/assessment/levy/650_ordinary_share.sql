-- 普通徴収の分割の額
-- 条文: 地方税法320条、20条の4の2⑥⑧、附則5条の9①②、5条の11①、条例
-- billed: 普通徴収の納期がある
-- bill_unit_yen: 普通徴収の分割の単位（円）
-- ordinary_unreduced_yen: 定額減税前の普通徴収する税額（年金所得に係る額を除く、円）
-- ordinary_instalment_yen: 普通徴収の第2期以後の税額（定額減税前、円）
-- pension_bill_instalment_yen: 年金所得に係る初年度の普通徴収の、第2期以後の税額（定額減税前、円）
SELECT *,
  collection_method <> 'none' AND (contains(collection_method, 'ordinary') OR pension_first_year
    OR by_ordinary_yen + ordinary_reduction_yen + pension_by_bill_yen > 0) AS billed,
  CASE WHEN fixed_reduction_order THEN p_fixed_reduction_split_unit_yen() ELSE p_ordinary_split_unit_yen() END
    AS bill_unit_yen,
  by_ordinary_yen + ordinary_reduction_yen AS ordinary_unreduced_yen,
  CASE WHEN ordinary_unreduced_yen <= per_capita_total_yen THEN 0
    ELSE whole_share(ordinary_unreduced_yen, p_ordinary_instalment_count(), bill_unit_yen)
  END AS ordinary_instalment_yen,
  CASE WHEN pension_by_bill_yen = 0 THEN 0
    ELSE whole_share(pension_by_bill_yen, p_ordinary_first_half_count(), bill_unit_yen)
  END AS pension_bill_instalment_yen
FROM previous
