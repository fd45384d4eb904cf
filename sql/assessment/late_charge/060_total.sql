-- 延滞金
-- 条文: 地方税法20条の4の2⑤、326条①
-- late_charge_yen: 延滞金（100円未満切捨て、1,000円未満は全額切捨て。円）
SELECT *,
  CASE WHEN sum(charge_yen) OVER whole < p_charge_least_yen() THEN 0
    ELSE floor_to((sum(charge_yen) OVER whole)::BIGINT, p_charge_unit_yen()) END AS late_charge_yen
FROM previous
WINDOW whole AS (PARTITION BY case_no)
