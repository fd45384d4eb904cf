-- 上場株式等・先物取引の損失の繰越控除
-- 条文: 地方税法附則35条の2の6、35条の4の2
-- listed_share_carried_yen: 繰越控除の後の上場株式等に係る譲渡所得等（円）
-- listed_dividend_carried_yen: 繰越控除の後の上場株式等に係る配当所得等（円）
-- futures_carried_yen: 繰越控除の後の先物取引に係る雑所得等（円）
SELECT *,
  after_loss(listed_share_income_yen, 0, listed_shares_loss_carried_yen) AS listed_share_carried_yen,
  after_loss(listed_dividend_income_yen, listed_share_income_yen, listed_shares_loss_carried_yen)
    AS listed_dividend_carried_yen,
  after_loss(futures_income_yen, 0, futures_loss_carried_yen) AS futures_carried_yen
FROM previous
