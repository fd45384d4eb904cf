-- 納付までの間に残っていた税額
-- 条文: 地方税法326条①、20条の9の4、20条の4の2②
-- unpaid_yen: その納付までに残っていた税額（一部納付は先に本税にあてる、円）
-- from_on: 延滞金の期間の初日
-- base_yen: 延滞金の計算の基礎となる額（円）
SELECT *,
  tax_yen - coalesce(sum(paid_yen) OVER before, 0)::BIGINT AS unpaid_yen,
  greatest(due_on, coalesce(max(paid_on) OVER before, due_on)) + 1 AS from_on,
  CASE WHEN unpaid_yen < p_charge_base_least_yen() THEN 0 ELSE floor_to(unpaid_yen, p_charge_base_unit_yen()) END
    AS base_yen
FROM previous
WINDOW before AS (
  PARTITION BY case_no ORDER BY paid_on, payment_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
)
