-- 損益通算の後の総所得・山林所得・退職所得の合計（所得税法22条②、69条、所得税法施行令198条）
-- The forestry loss (六号) goes against all that is left, in the order of the article; retirement comes last.
CREATE OR REPLACE TEMP MACRO total_set_off(
  ordinary, short, long, capital_loss, occasional, forestry, retirement
) AS
  after_loss(ordinary_set_off(ordinary, capital_loss, occasional), 0, greatest(-forestry, 0))
  + after_loss(short_set_off(ordinary, short), ordinary_set_off(ordinary, capital_loss, occasional),
      greatest(-forestry, 0))
  + half_taxed(
      after_loss(long_set_off(ordinary, short, long),
        ordinary_set_off(ordinary, capital_loss, occasional) + short_set_off(ordinary, short), greatest(-forestry, 0))
      + after_loss(occasional_set_off(ordinary, short, long, capital_loss, occasional),
          ordinary_set_off(ordinary, capital_loss, occasional) + short_set_off(ordinary, short)
          + long_set_off(ordinary, short, long), greatest(-forestry, 0)))
  + after_loss(greatest(forestry, 0), 0, unused_loss(ordinary, short, long, capital_loss, occasional))
  + after_loss(
      after_loss(retirement, greatest(forestry, 0), unused_loss(ordinary, short, long, capital_loss, occasional)),
      ordinary_set_off(ordinary, capital_loss, occasional) + short_set_off(ordinary, short)
      + long_set_off(ordinary, short, long)
      + occasional_set_off(ordinary, short, long, capital_loss, occasional), greatest(-forestry, 0));
