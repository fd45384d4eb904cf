-- 普通徴収の納期ごとの税額（初めの決定の分け方）
-- 条文: 地方税法320条、321条の7の2③、20条の4の2⑥⑧、附則5条の9①・5条の11①、条例
-- first_bills_yen: 納期ごとの税額（普通徴収する税額のある者だけ、円）
SELECT *,
  CASE
    WHEN billed AND (fixed_reduction_order OR pension_by_bill_yen > 0) THEN list_transform(
      list_zip(
        parts_less(ordinary_unreduced_yen, p_ordinary_instalment_count(), ordinary_instalment_yen,
          ordinary_reduction_yen),
        parts_less(pension_by_bill_yen, p_ordinary_first_half_count(), pension_bill_instalment_yen,
          pension_reduction_yen)),
      lambda pair: pair[1] + coalesce(pair[1 + 1], 0))
    ELSE list_resize(
      [by_ordinary_yen - ordinary_instalment_yen * (p_ordinary_instalment_count() - 1)],
      CASE WHEN billed THEN p_ordinary_instalment_count() ELSE 0 END,
      ordinary_instalment_yen)
  END AS first_bills_yen
FROM previous
