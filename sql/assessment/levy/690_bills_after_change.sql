-- 普通徴収の納期ごとの税額
-- 条文: 地方税法320条、321条の2①、321条の7①、321条の7の10①、20条の4の2⑥⑧、20条の9の2③⑤、17条の4③、条例
-- told_bills_yen: 前に決めた納期ごとの税額（円）
-- bills_more_yen: 前に決めた税額より増える額（減るときは負、円）
-- bills_rest_yen: まだ過ぎていない納期に残る額（負は、過ぎた納期の税額から減る額。円）
-- bills_lowered: 後の納期から減らす（減額の仕方は団体による）
-- bills_odd_yen: 減る額のうち、これから来る最初の納期から引く端数（円）
-- ordinary_instalments_yen: 納期ごとの税額。過ぎた納期に増えた額は随時に、減った額は還付になる（円）
SELECT *,
  list_resize(earlier_bills_yen, p_ordinary_instalment_count(), 0) AS told_bills_yen,
  bills_yen - coalesce(list_sum(earlier_bills_yen), 0)::BIGINT AS bills_more_yen,
  bills_yen - billed_before_yen AS bills_rest_yen,
  bills_rest_yen < 0 OR bills_past = p_ordinary_instalment_count()
    OR (bills_more_yen < 0 AND bills_past > 0 AND p_ordinary_decrease_evenly() = 0) AS bills_lowered,
  CASE WHEN bills_lowered AND bills_rest_yen >= 0 AND bills_past < p_ordinary_instalment_count()
      AND told_bills_yen[bills_past + 1] >= -bills_more_yen - floor_to(-bills_more_yen, bill_unit_yen)
    THEN -bills_more_yen - floor_to(-bills_more_yen, bill_unit_yen) ELSE 0 END AS bills_odd_yen,
  CASE
    WHEN bills_past = 0 AND bills_yen = coalesce(list_sum(first_bills_yen), 0) THEN first_bills_yen
    WHEN len(earlier_bills_yen) = 0 AND bills_yen = 0 THEN at_most(first_bills_yen, 0)
    WHEN len(earlier_bills_yen) > 0 AND bills_more_yen = 0 THEN told_bills_yen
    WHEN bills_more_yen > 0 AND income_tax_changed THEN list_transform(
      list_zip(told_bills_yen, equal_parts(bills_more_yen, p_ordinary_instalment_count(), bill_unit_yen)),
      lambda pair: pair[1] + pair[1 + 1])
    WHEN bills_more_yen > 0 AND bills_past = p_ordinary_instalment_count() THEN list_concat(
      list_slice(told_bills_yen, 1, p_ordinary_instalment_count() - 1), [told_bills_yen[-1] + bills_more_yen])
    WHEN bills_lowered THEN at_most(
      list_transform(told_bills_yen, lambda yen, place: yen - CASE WHEN place = bills_past + 1 THEN bills_odd_yen ELSE 0 END),
      bills_yen)
    WHEN bills_yen <= per_capita_total_yen THEN list_concat(
      list_slice(told_bills_yen, 1, bills_past),
      list_resize([bills_rest_yen], p_ordinary_instalment_count() - bills_past, 0))
    ELSE list_concat(
      list_slice(told_bills_yen, 1, bills_past),
      equal_parts(bills_rest_yen, p_ordinary_instalment_count() - bills_past, bill_unit_yen))
  END AS ordinary_instalments_yen
FROM previous
