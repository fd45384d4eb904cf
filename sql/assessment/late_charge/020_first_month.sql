-- 低い割合の最後の日（納期限の翌日から1か月を経過する日）
-- 条文: 地方税法326条①、附則3条の2①、20条の5①（民法143条）
-- first_month_on: 納期限の翌日から1か月を経過する日
-- Where the next month has no such day, the month ends with its last day (民法143条②ただし書).
SELECT *,
  CASE WHEN day((due_on + 1 + to_months(1))::DATE) < day(due_on + 1) THEN (due_on + 1 + to_months(1))::DATE
       ELSE (due_on + 1 + to_months(1))::DATE - 1 END AS first_month_on
FROM previous
