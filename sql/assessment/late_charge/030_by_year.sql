-- 延滞金の期間を暦年で分ける
-- 条文: 地方税法附則3条の2①⑥
-- calendar_year: 暦年
-- year_from_on: その暦年の初日
-- year_to_on: その暦年の末日
SELECT *,
  unnest(range(year(from_on), greatest(year(paid_on), year(from_on)) + 1)) AS calendar_year,
  greatest(from_on, make_date(calendar_year, 1, 1)) AS year_from_on,
  least(paid_on, make_date(calendar_year + 1, 1, 1) - 1) AS year_to_on
FROM previous
