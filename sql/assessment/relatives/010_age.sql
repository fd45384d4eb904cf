-- 親族の年齢と所得
-- 条文: 地方税法314条の2⑧、292条①九
-- age_years: 前年12月31日の年齢
-- within_income_limit: 合計所得金額が扶養親族の上限以下
SELECT *,
  age_on(born_on, year_end()) AS age_years,
  total_income_yen <= p_relative_total_income_limit_yen() AS within_income_limit
FROM previous
