-- 本徴収の回ごとの額
-- 条文: 地方税法321条の7の7①③、321条の7の10、施行令48条の9の15①④⑤⑥、48条の9の16⑨、20条の4の2⑥⑧
-- pension_final_target_yen: 本徴収すべき額（円）
-- pension_final_kept_yen: 本徴収のうち変えられない回の額（本徴収すべき額を超えるときは後の回から減らす。円）
-- pension_final_yen: 本徴収の回ごとの額（10・12・2月。円）
SELECT *,
  least(
    greatest(by_pension_yen - coalesce(list_sum(pension_provisional_yen), 0)::BIGINT, 0),
    CASE WHEN pension_first_year THEN coalesce(list_sum(first_final_yen), 0)::BIGINT ELSE by_pension_yen END
  ) AS pension_final_target_yen,
  at_most(list_resize(earlier_final_yen, final_fixed, 0), pension_final_target_yen) AS pension_final_kept_yen,
  CASE
    WHEN pension_as_first THEN first_final_yen
    WHEN NOT by_pension THEN at_most(
      first_parts(earlier_final_yen, final_paid, p_pension_instalment_count()),
      annual_tax_yen - coalesce(list_sum(pension_provisional_yen), 0)::BIGINT)
    WHEN len(earlier_final_yen) > 0 AND list_sum(earlier_final_yen) = pension_final_target_yen
      THEN list_resize(earlier_final_yen, p_pension_instalment_count(), 0)
    WHEN final_fixed = 0 AND list_sum(first_final_yen) = pension_final_target_yen THEN first_final_yen
    WHEN final_fixed = p_pension_instalment_count() THEN pension_final_kept_yen
    ELSE list_concat(pension_final_kept_yen, equal_parts(
      pension_final_target_yen - coalesce(list_sum(pension_final_kept_yen), 0)::BIGINT,
      p_pension_instalment_count() - final_fixed, p_pension_split_unit_yen()))
  END AS pension_final_yen
FROM previous
