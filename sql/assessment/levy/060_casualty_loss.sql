-- 雑損失の繰越控除（株式等・先物、山林所得、退職所得から）
-- 条文: 地方税法313条⑨、施行令48条の3①二ホ、附則33条の2・35条の2・35条の2の2・35条の4（読替え）
-- general_share_after_losses_yen: 損失の繰越控除をすべて終えた一般株式等に係る譲渡所得等（円）
-- listed_share_after_losses_yen: 損失の繰越控除をすべて終えた上場株式等に係る譲渡所得等（円）
-- listed_dividend_after_losses_yen: 損失の繰越控除をすべて終えた上場株式等に係る配当所得等（円）
-- futures_after_losses_yen: 損失の繰越控除をすべて終えた先物取引に係る雑所得等（円）
-- casualty_left_for_forestry_yen: 分離課税の所得から控除しきれない雑損失（円）
-- forestry_after_losses_yen: 損失の繰越控除をすべて終えた山林所得金額（円）
-- retirement_after_losses_yen: 損失の繰越控除をすべて終えた退職所得金額（円）
SELECT *,
  after_loss(general_share_income_yen, 0, casualty_left_for_shares_yen) AS general_share_after_losses_yen,
  after_loss(listed_share_carried_yen, general_share_income_yen, casualty_left_for_shares_yen) AS
    listed_share_after_losses_yen,
  after_loss(listed_dividend_carried_yen,
    general_share_income_yen + listed_share_carried_yen,
    casualty_left_for_shares_yen) AS listed_dividend_after_losses_yen,
  after_loss(futures_carried_yen,
    general_share_income_yen + listed_share_carried_yen + listed_dividend_carried_yen,
    casualty_left_for_shares_yen) AS futures_after_losses_yen,
  loss_left(casualty_left_for_shares_yen, general_share_income_yen + listed_share_carried_yen +
    listed_dividend_carried_yen + futures_carried_yen) AS casualty_left_for_forestry_yen,
  after_loss(forestry_less_residence_yen, 0, casualty_left_for_forestry_yen) AS forestry_after_losses_yen,
  after_loss(retirement_less_residence_yen, forestry_less_residence_yen, casualty_left_for_forestry_yen) AS
    retirement_after_losses_yen
FROM previous
