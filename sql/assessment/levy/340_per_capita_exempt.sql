-- 均等割の非課税
-- 条文: 地方税法295条③（24条の5③）、施行令47条の3、条例
-- per_capita_exemption_limit_yen: 均等割の非課税限度額（円）
-- per_capita_exempt: 均等割が非課税である
SELECT *,
  p_exemption_base_yen() * (counted_relatives + 1) + p_exemption_fixed_yen()
    + CASE WHEN counted_relatives > 0 THEN p_exemption_addition_yen() ELSE 0 END AS per_capita_exemption_limit_yen,
  status_exempt OR total_income_yen <= per_capita_exemption_limit_yen AS per_capita_exempt
FROM previous
