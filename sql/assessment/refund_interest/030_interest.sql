-- 暦年ごとの還付加算金
-- 条文: 地方税法附則3条の2④⑥
-- charge_yen: 還付加算金（1円未満切捨て、円）
SELECT *, divide(base_yen * rate * days, p_charge_rate_unit() * p_charge_days_in_year(), 0) AS charge_yen
FROM previous
