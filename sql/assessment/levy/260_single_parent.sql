-- 寡婦控除・ひとり親控除
-- 条文: 地方税法314条の2①八・八の二（34条①八・八の二）、292条①十一・十二
-- is_single_parent: ひとり親である
-- is_widow: 寡婦である（ひとり親を除く）
-- widow_deduction_yen: 寡婦控除額（円）
-- single_parent_deduction_yen: ひとり親控除額（円）
SELECT *,
  single_parent <> 'none' AND total_income_yen <= p_single_parent_own_income_limit_yen() AS is_single_parent,
  widow AND NOT is_single_parent AND total_income_yen <= p_single_parent_own_income_limit_yen() AS is_widow,
  CASE WHEN is_widow THEN p_widow_deduction_yen() ELSE 0 END AS widow_deduction_yen,
  CASE WHEN is_single_parent THEN p_single_parent_deduction_yen() ELSE 0 END AS single_parent_deduction_yen
FROM previous
