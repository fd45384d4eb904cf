-- 納税義務者ごとの親族の数
-- 条文: 地方税法314条の2①六・十一・十二・③、租税特別措置法41条の3の11①
-- One row a taxpayer who has relatives. Only a 扶養親族 can be a disabled relative.
SELECT
  taxpayer_no,
  count(*) FILTER (WHERE relative_class = 'general') AS general_count,
  count(*) FILTER (WHERE relative_class = 'specific') AS specific_count,
  count(*) FILTER (WHERE relative_class = 'elderly') AS elderly_count,
  count(*) FILTER (WHERE relative_class = 'elderly_parent') AS elderly_parent_count,
  count(*) FILTER (WHERE relative_class = 'under_16') AS under_16_count,
  count(*) FILTER (WHERE within_income_limit AND disability = 'ordinary') AS disabled_count,
  count(*) FILTER (WHERE within_income_limit AND disability = 'special' AND NOT living_together)
    AS special_disabled_count,
  count(*) FILTER (WHERE within_income_limit AND disability = 'special' AND living_together)
    AS special_living_together_count,
  count(*) FILTER (WHERE within_income_limit AND NOT abroad) AS domestic_count,
  bool_or(within_income_limit AND age_years < p_income_adjustment_child_age()) AS has_child,
  coalesce(sum(t_specific_relative_special_deduction(total_income_yen))
    FILTER (WHERE relative_class = 'specific_relative'), 0)::BIGINT AS specific_relative_special_yen
FROM previous
GROUP BY taxpayer_no
