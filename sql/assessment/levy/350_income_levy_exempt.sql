-- 所得割の非課税
-- 条文: 地方税法附則3条の3①④
-- income_levy_exemption_limit_yen: 所得割の非課税限度額（円）
-- income_levy_exempt: 所得割が非課税である
SELECT *,
  p_income_levy_exemption_base_yen() * (counted_relatives + 1) + p_income_levy_exemption_fixed_yen()
    + CASE WHEN counted_relatives > 0 THEN p_income_levy_exemption_addition_yen() ELSE 0 END
    AS income_levy_exemption_limit_yen,
  status_exempt OR gross_income_etc_yen <= income_levy_exemption_limit_yen AS income_levy_exempt
FROM previous
