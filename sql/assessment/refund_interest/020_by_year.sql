-- 還付加算金の期間を暦年で分ける
-- 条文: 地方税法17条の4①、附則3条の2④⑥
-- calendar_year: 暦年
-- days: 日数
-- rate: 割合（千分率）
SELECT *,
  unnest(range(year(from_on), greatest(year(decided_on), year(from_on)) + 1)) AS calendar_year,
  greatest(least(decided_on, make_date(calendar_year + 1, 1, 1) - 1)
    - greatest(from_on, make_date(calendar_year, 1, 1)) + 1, 0)::BIGINT AS days,
  t_refund_interest_rate(calendar_year) AS rate
FROM previous
