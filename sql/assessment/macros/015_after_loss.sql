-- 損失の控除: what is left of an amount when a loss (0 or more) is taken first from the amounts before it, then from it.
-- Hardly anybody has a loss, and asking costs less than two comparisons.
CREATE OR REPLACE TEMP MACRO after_loss(amount, amounts_before, loss) AS
  CASE WHEN loss = 0 THEN amount ELSE greatest(amount - greatest(loss - (amounts_before), 0), 0) END;
