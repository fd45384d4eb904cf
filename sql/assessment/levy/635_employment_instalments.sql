-- 給与からの特別徴収の月割額（6月から翌年5月まで）
-- 条文: 地方税法321条の5①、321条の6①③、20条の4の2⑥⑧、附則5条の10
-- withholding_instalments_yen: 6月から翌年5月までの月割額（給与からの特別徴収の者だけ、円）
SELECT *,
  CASE WHEN by_employment
    THEN list_concat(employment_past_yen, list_resize(
      [employment_rest_yen - employment_instalment_yen * (employment_months - 1)], employment_months,
      employment_instalment_yen))
    ELSE [] END AS withholding_instalments_yen
FROM previous
