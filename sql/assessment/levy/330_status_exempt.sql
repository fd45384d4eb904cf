-- 生活扶助・障害者等の非課税
-- 条文: 地方税法295条①（24条の5①）、森林環境税法4条
-- is_minor: 賦課期日に未成年である
-- status_exempt: 生活扶助を受けている、または障害者・未成年者・寡婦・ひとり親で合計所得金額が上限以下
SELECT *,
  younger_than(born_on, p_adult_age(), assessment_day()) AS is_minor,
  public_assistance OR (
    (self_disability <> 'none' OR is_minor OR is_widow OR is_single_parent)
    AND total_income_yen <= p_status_exemption_income_limit_yen()
  ) AS status_exempt
FROM previous
