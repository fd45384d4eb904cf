-- 損益通算で経常・譲渡・一時所得から控除しきれない損失（所得税法施行令198条五号の損失）
-- ordinary: 経常所得の合計（負も）、short・long: 総合課税の譲渡所得（0以上）、capital_loss: 譲渡所得の損失（0以上）
CREATE OR REPLACE TEMP MACRO unused_loss(ordinary, short, long, capital_loss, occasional) AS
  loss_left(greatest(-ordinary, 0), short + long + after_loss(occasional, 0, capital_loss))
  + loss_left(capital_loss, occasional + greatest(ordinary, 0));
