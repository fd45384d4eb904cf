-- 経常所得から譲渡所得の損失を控除する（所得税法施行令198条一号・四号）
CREATE OR REPLACE TEMP MACRO ordinary_set_off(ordinary, capital_loss, occasional) AS
  after_loss(greatest(ordinary, 0), 0, loss_left(capital_loss, occasional));
