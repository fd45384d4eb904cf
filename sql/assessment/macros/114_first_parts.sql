-- 続ける回と止める回（地方税法321条の7の7、施行令48条の9の16⑥）: the first `kept` parts as they are, nothing in the others
CREATE OR REPLACE TEMP MACRO first_parts(parts, kept, count) AS
  list_resize(list_slice(list_resize(parts, count, 0), 1, kept), count, 0);
