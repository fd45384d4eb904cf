-- 長期の譲渡所得から事業・不動産所得の損失を控除する（所得税法施行令198条三号）
CREATE OR REPLACE TEMP MACRO long_set_off(ordinary, short, long) AS
  after_loss(long, short, greatest(-ordinary, 0));
