-- 還付加算金
-- 条文: 地方税法20条の4の2⑤⑦、17条の4①
-- refund_interest_yen: 還付加算金（100円未満切捨て、1,000円未満は全額切捨て。円）
SELECT *,
  CASE WHEN sum(charge_yen) OVER whole < p_charge_least_yen() THEN 0
    ELSE floor_to((sum(charge_yen) OVER whole)::BIGINT, p_charge_unit_yen()) END AS refund_interest_yen
FROM previous
WINDOW whole AS (PARTITION BY case_no)
