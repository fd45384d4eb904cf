-- 一時所得から譲渡所得の損失と、事業・不動産所得の損失を控除する（所得税法施行令198条二号・三号）
CREATE OR REPLACE TEMP MACRO occasional_set_off(ordinary, short, long, capital_loss, occasional) AS
  after_loss(after_loss(occasional, 0, capital_loss), short + long, greatest(-ordinary, 0));
