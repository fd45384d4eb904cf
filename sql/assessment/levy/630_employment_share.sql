-- 給与からの特別徴収の月割額
-- 条文: 地方税法321条の5①、20条の4の2⑥⑧、附則5条の10
-- employment_months: 月割額を徴収する月の数（定額減税のある令和6年度は7月からの11月）
-- employment_instalment_yen: 給与からの特別徴収の、最初の月の後の月割額（円）
SELECT *,
  p_employment_instalment_count() - fixed_reduction_order::BIGINT AS employment_months,
  CASE WHEN by_employment_yen <= per_capita_total_yen THEN 0
    ELSE whole_share(by_employment_yen, employment_months, p_employment_split_unit_yen())
  END AS employment_instalment_yen
FROM previous
