-- 変更後の、徴収の方法ごとの税額
-- 条文: 地方税法319条①、321条の6③、321条の7①②、321条の7の7、321条の7の10、施行令48条の9の15⑤⑥
-- to_collect_yen: 年金からの特別徴収でない税額（円）
-- withheld_before_yen: 変更の月より前の月割額の合計（円）
-- billed_before_yen: 過ぎた納期の税額の合計（円）
-- employment_yen: 給与から特別徴収する税額（途中でそうでなくなった者は、それまでの月割額。円）
-- bills_yen: 普通徴収する税額（随時を含む、円）
-- Bills that fell due before the employer took over are not the employer's (法321条の4⑤); what a later 賦課年度 adds goes by bill.
SELECT *,
  annual_tax_yen - CASE
    WHEN by_pension
      THEN least(by_pension_yen, (coalesce(list_sum(pension_provisional_yen), 0) + coalesce(list_sum(pension_final_yen), 0))::BIGINT)
    ELSE (coalesce(list_sum(pension_provisional_yen), 0) + coalesce(list_sum(pension_final_yen), 0))::BIGINT
  END AS to_collect_yen,
  coalesce(list_sum(list_slice(earlier_months_yen, 1, months_past)), 0)::BIGINT AS withheld_before_yen,
  coalesce(list_sum(list_slice(earlier_bills_yen, 1, bills_past)), 0)::BIGINT AS billed_before_yen,
  least(
    CASE WHEN by_employment THEN to_collect_yen
           - greatest(to_collect_yen - by_employment_yen, least(billed_before_yen, to_collect_yen - withheld_before_yen), 0)
         ELSE least(withheld_before_yen, to_collect_yen) END,
    CASE WHEN year_is_over THEN coalesce(list_sum(earlier_months_yen), 0)::BIGINT ELSE to_collect_yen END
  ) AS employment_yen,
  CASE WHEN collection_method = 'none' THEN 0 ELSE to_collect_yen - employment_yen END AS bills_yen
FROM previous
