-- 変更のときに過ぎている納期と支払回
-- 条文: 地方税法319条の2③、320条、321条の2①、321条の7の7①、施行令48条の9の15①④、48条の9の16④⑥、地方自治法208条
-- bills_past: 納税通知書が納期限の10日前に届かなくなった納期の数
-- year_is_over: 賦課年度が相当年度より後（翌年度の4月1日以後の決定）
-- pension_concerned: 年金からの特別徴収があるか、前に決めた額がある
-- provisional_fixed: 額を変えられず徴収も止められない仮徴収の回数
-- final_fixed: 額を変えられない本徴収の回数
-- provisional_paid: 支払の月が来ている仮徴収の回数
-- final_paid: 支払の月が来ている本徴収の回数
SELECT *,
  len(list_filter(bills_due_on, lambda day: day < decided_on + p_ordinary_notice_days()::INTEGER)) AS bills_past,
  fiscal_year_is_over(decided_on) AS year_is_over,
  by_pension OR len(earlier_provisional_yen) + len(earlier_final_yen) > 0 AS pension_concerned,
  CASE WHEN pension_concerned THEN len(list_filter(range(p_pension_instalment_count()), lambda place:
    decided_on > pension_change_until(p_pension_provisional_first_month(), place))) ELSE 0 END AS provisional_fixed,
  CASE WHEN pension_concerned AND decided_on >= make_date(p_fiscal_year(), p_pension_final_notice_month() + 1, 1)
    THEN 1 + len(list_filter(range(1, p_pension_instalment_count()), lambda place:
      decided_on > pension_change_until(p_pension_final_first_month(), place))) ELSE 0 END AS final_fixed,
  CASE WHEN pension_concerned THEN len(list_filter(range(p_pension_instalment_count()), lambda place:
    decided_on >= pension_month(p_pension_provisional_first_month(), place))) ELSE 0 END AS provisional_paid,
  CASE WHEN pension_concerned THEN len(list_filter(range(p_pension_instalment_count()), lambda place:
    decided_on >= pension_month(p_pension_final_first_month(), place))) ELSE 0 END AS final_paid
FROM previous
