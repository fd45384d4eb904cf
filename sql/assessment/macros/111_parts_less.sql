-- 分割した額から順に引く（地方税法附則5条の9①・5条の11①③）: `amount` in `parts`, each `share` and the first the rest; `less` is
-- taken from the first part on.
CREATE OR REPLACE TEMP MACRO parts_less(amount, parts, share, less) AS
  list_transform(range(parts), lambda part: CASE
    WHEN part = 0 THEN after_loss(amount - share * (parts - 1), 0, less)
    ELSE after_loss(share, amount - share * (parts - part), less) END);
