-- 配偶者の人的控除額の差
-- 条文: 地方税法314条の6一イの表(6)(7)（37条一イの表(6)(7)）
-- spouse_difference_yen: 配偶者控除・配偶者特別控除の差（円）
SELECT *,
  CASE
    WHEN NOT has_spouse THEN 0
    WHEN NOT spouse_same_livelihood THEN t_difference_spouse_special(total_income_yen, spouse_income_yen)
    WHEN spouse_is_elderly THEN t_difference_spouse_elderly(total_income_yen)
    ELSE t_difference_spouse(total_income_yen)
  END AS spouse_difference_yen
FROM previous
