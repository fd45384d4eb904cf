-- 株式等・上場株式等の配当等・先物取引の所得
-- 条文: 地方税法附則33条の2、35条の2、35条の2の2、35条の2の6、35条の4
-- general_share_income_yen: 一般株式等に係る譲渡所得等（円）
-- listed_share_income_yen: 上場株式等に係る譲渡所得等（円）
-- listed_dividend_income_yen: 上場株式等に係る配当所得等（上場株式等の損失を引いた後、円）
-- futures_income_yen: 先物取引に係る雑所得等（円）
SELECT *,
  greatest(general_shares_yen, 0) AS general_share_income_yen,
  greatest(listed_shares_yen, 0) AS listed_share_income_yen,
  after_loss(listed_dividend_yen, 0, greatest(-listed_shares_yen, 0)) AS listed_dividend_income_yen,
  greatest(futures_yen, 0) AS futures_income_yen
FROM previous
