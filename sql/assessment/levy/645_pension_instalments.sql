-- 年金からの特別徴収の回ごとの額（初めの決定の分け方）
-- 条文: 地方税法321条の7の5②、321条の7の8①、20条の4の2⑥⑧、附則5条の11①③
-- first_provisional_yen: 仮徴収の回ごとの額（4・6・8月。年金からの特別徴収の者だけ、円）
-- first_final_yen: 本徴収の回ごとの額（10・12・2月。年金からの特別徴収の者だけ、円）
SELECT *,
  CASE WHEN by_pension THEN parts_less(pension_provisional_total_yen, p_pension_instalment_count(),
    whole_share(pension_provisional_total_yen, p_pension_instalment_count(), p_pension_split_unit_yen()), 0)
    ELSE [] END AS first_provisional_yen,
  CASE WHEN by_pension THEN parts_less(pension_final_total_yen, p_pension_instalment_count(),
    whole_share(pension_final_total_yen, p_pension_instalment_count(), p_pension_split_unit_yen()),
    loss_left(pension_reduction_yen, pension_by_bill_yen)) ELSE [] END AS first_final_yen
FROM previous
