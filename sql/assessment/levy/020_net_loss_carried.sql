-- 純損失の繰越控除
-- 条文: 地方税法313条⑧、施行令48条の3①二イ・ハ
-- comprehensive_less_net_loss_yen: 純損失を引いた後の総所得金額（円）
-- forestry_less_net_loss_yen: 純損失を引いた後の山林所得金額（円）
-- retirement_less_net_loss_yen: 純損失を引いた後の退職所得金額（円）
SELECT *,
  after_loss(comprehensive_income_yen, 0, loss_carried_forward_yen) AS comprehensive_less_net_loss_yen,
  after_loss(set_off_forestry_yen, comprehensive_income_yen, loss_carried_forward_yen) AS forestry_less_net_loss_yen,
  after_loss(retirement_after_yen, comprehensive_income_yen + set_off_forestry_yen, loss_carried_forward_yen)
    AS retirement_less_net_loss_yen
FROM previous
