-- 後の回から減らす（地方税法17条の4③、321条の7②）: the parts as far as the total reaches, from the first on
CREATE OR REPLACE TEMP MACRO at_most(parts, total) AS
  list_transform(parts, lambda yen, place:
    least(yen, greatest(total - coalesce(list_sum(list_slice(parts, 1, place - 1)), 0)::BIGINT, 0)));
