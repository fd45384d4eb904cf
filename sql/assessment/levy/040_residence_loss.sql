-- 居住用財産の譲渡損失の繰越控除（総所得・山林所得・退職所得から）
-- 条文: 地方税法附則4条④⑩、4条の2④⑩
-- comprehensive_less_residence_yen: 控除後の総所得金額（円）
-- forestry_less_residence_yen: 控除後の山林所得金額（円）
-- retirement_less_residence_yen: 控除後の退職所得金額（円）
SELECT *,
  after_loss(comprehensive_less_net_loss_yen, 0, residence_loss_left_yen) AS comprehensive_less_residence_yen,
  after_loss(forestry_less_net_loss_yen, comprehensive_less_net_loss_yen, residence_loss_left_yen)
    AS forestry_less_residence_yen,
  after_loss(retirement_less_net_loss_yen, comprehensive_less_net_loss_yen + forestry_less_net_loss_yen,
    residence_loss_left_yen) AS retirement_less_residence_yen
FROM previous
