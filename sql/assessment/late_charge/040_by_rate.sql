-- 暦年・割合ごとの日数と割合
-- 条文: 地方税法326条①、附則3条の2①
-- low: 低い割合の期間である
-- days: 日数
-- rate: 割合（千分率）
SELECT *,
  unnest([TRUE, FALSE]) AS low,
  greatest(CASE WHEN low THEN least(year_to_on, first_month_on) - year_from_on + 1
    ELSE year_to_on - greatest(year_from_on, first_month_on + 1) + 1 END, 0)::BIGINT AS days,
  CASE WHEN low THEN t_late_charge_low_rate(calendar_year) ELSE t_late_charge_high_rate(calendar_year) END AS rate
FROM previous
