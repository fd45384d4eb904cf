-- 配偶者控除・配偶者特別控除
-- 条文: 地方税法314条の2①十・十の二（34条①十・十の二）、292条①七・八
-- spouse_deduction_yen: 配偶者控除額（円）
-- spouse_special_deduction_yen: 配偶者特別控除額（円）
SELECT *,
  CASE
    WHEN NOT spouse_same_livelihood THEN 0
    WHEN spouse_is_elderly THEN t_spouse_deduction_elderly(total_income_yen)
    ELSE t_spouse_deduction(total_income_yen)
  END AS spouse_deduction_yen,
  CASE WHEN has_spouse AND NOT spouse_same_livelihood
    THEN t_spouse_special_deduction(total_income_yen, spouse_income_yen) ELSE 0
  END AS spouse_special_deduction_yen
FROM previous
