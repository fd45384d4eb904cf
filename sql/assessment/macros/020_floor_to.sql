-- 端数の切捨て（地方税法20条の4の2）: cut off what is below a whole multiple of the unit.
CREATE OR REPLACE TEMP MACRO floor_to(amount, unit) AS divide(amount, unit, 0) * unit;
