-- 給与からの特別徴収の月割額（6月から翌年5月まで）
-- 条文: 地方税法321条の5①、321条の6①③、321条の7①、20条の4の2⑥⑧、附則5条の10
-- withholding_instalments_yen: 6月から翌年5月までの月割額（給与からの特別徴収の者と、年度の途中でそうでなくなった者。円）
-- A sum that stays leaves every month as it was told; who is no longer withheld keeps the months that were.
SELECT *,
  CASE
    WHEN NOT by_employment AND employment_yen = 0 THEN []
    WHEN len(earlier_months_yen) = p_employment_instalment_count() AND list_sum(earlier_months_yen) = employment_yen
      THEN earlier_months_yen
    WHEN NOT by_employment THEN list_resize(employment_past_yen, p_employment_instalment_count(), 0)
    ELSE list_concat(employment_past_yen, list_resize(
      [employment_rest_yen - employment_instalment_yen * (employment_months - 1)], employment_months,
      employment_instalment_yen))
  END AS withholding_instalments_yen
FROM previous
