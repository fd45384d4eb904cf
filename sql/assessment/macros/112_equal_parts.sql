-- 等分（地方税法20条の4の2⑥⑧）: `amount` in `parts` equal ones of whole units, the rest with the first
CREATE OR REPLACE TEMP MACRO equal_parts(amount, parts, unit) AS
  list_resize([amount - whole_share(amount, parts, unit) * (parts - 1)], parts, whole_share(amount, parts, unit));
