-- 控除しきれない損失: what is left of a loss (0 or more) when these amounts (0 or more) have taken what they can.
CREATE OR REPLACE TEMP MACRO loss_left(loss, amounts) AS
  CASE WHEN loss = 0 THEN 0 ELSE greatest(loss - (amounts), 0) END;
