-- 変更ができる最後の日
-- 条文: 地方税法17条の5、17条の6、附則7条の2③⑥
-- limit_last_on: 最も遅い期間制限の日
-- limit_article: その期間制限の条文
-- within_limit: 決定の日がその日以前
SELECT *,
  greatest(levy_limit_on, decrease_limit_on, one_stop_limit_on, fraud_limit_on, ruling_limit_on, void_limit_on,
    income_tax_limit_on) AS limit_last_on,
  CASE limit_last_on
    WHEN levy_limit_on THEN '地方税法17条の5③'
    WHEN decrease_limit_on THEN '地方税法17条の5④'
    WHEN one_stop_limit_on THEN '地方税法附則7条の2③⑥'
    WHEN fraud_limit_on THEN '地方税法17条の5⑦'
    WHEN ruling_limit_on THEN '地方税法17条の6①一'
    WHEN void_limit_on THEN '地方税法17条の6①三'
    ELSE '地方税法17条の6③'
  END AS limit_article,
  decided_on <= limit_last_on AS within_limit
FROM previous
