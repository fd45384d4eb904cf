-- 等分した額（地方税法20条の4の2⑥⑧）: an equal part, cut to whole units; the rest goes to the first part
CREATE OR REPLACE TEMP MACRO whole_share(amount, parts, unit) AS floor_to(divide(amount, parts, 0), unit);
