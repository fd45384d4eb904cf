-- 給与からの特別徴収の月割額
-- 条文: 地方税法321条の5①、321条の6①③、20条の4の2⑥⑧、附則5条の10
-- employment_past_months: 徴収しない月・徴収の済んだ月の数（5月31日より後に決定したときは決定した月まで。定額減税のある令和6年度は6月）
-- employment_past_yen: 徴収の済んだ月の月割額（変更前のまま。変更後の税額を超えるときは後の月から減らす。円）
-- employment_months: 月割額を徴収する残りの月の数
-- employment_rest_yen: 残りの月に徴収する額（円）
-- employment_instalment_yen: 残りの月の、最初の月の後の月割額（円）
SELECT *,
  greatest(months_past, fixed_reduction_order::BIGINT) AS employment_past_months,
  list_transform(
    list_resize(earlier_months_yen, employment_past_months, 0),
    lambda yen, place: least(
      yen,
      greatest(employment_yen - coalesce(list_sum(list_slice(earlier_months_yen, 1, place - 1)), 0)::BIGINT, 0))
  ) AS employment_past_yen,
  p_employment_instalment_count() - employment_past_months AS employment_months,
  employment_yen - coalesce(list_sum(employment_past_yen), 0)::BIGINT AS employment_rest_yen,
  CASE WHEN employment_yen <= per_capita_total_yen THEN 0
    ELSE whole_share(employment_rest_yen, employment_months, p_employment_split_unit_yen())
  END AS employment_instalment_yen
FROM previous
