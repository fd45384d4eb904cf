-- 還付加算金の期間
-- 条文: 地方税法17条の4①、施行令6条の15、20条の4の2②⑦
-- from_on: 期間の初日
-- base_yen: 計算の基礎となる額（円）
-- 賦課の減額は納付の翌日から、所得税の更正・申告に基づく減額と誤納は、その翌日から1か月を経過する日の翌日から.
SELECT *,
  CASE
    WHEN cause = 'assessment' THEN paid_on + 1
    ELSE greatest(paid_on + 1, (CASE WHEN cause = 'income_tax' THEN event_on ELSE paid_on END + 1 + to_months(1))::DATE
      + CASE WHEN day((CASE WHEN cause = 'income_tax' THEN event_on ELSE paid_on END + 1 + to_months(1))::DATE)
          < day(CASE WHEN cause = 'income_tax' THEN event_on ELSE paid_on END + 1) THEN 1 ELSE 0 END)
  END AS from_on,
  CASE WHEN refund_yen < p_charge_base_least_yen() THEN 0 ELSE floor_to(refund_yen, p_charge_base_unit_yen()) END
    AS base_yen
FROM previous
