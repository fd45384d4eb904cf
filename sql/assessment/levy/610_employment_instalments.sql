-- 給与からの特別徴収の月割額
-- 条文: 地方税法321条の5①、20条の4の2⑥⑧
-- withholding_instalments_yen: 6月から翌年5月までの月割額（給与からの特別徴収の者だけ、円）
SELECT *,
  list_resize(
    [annual_tax_yen - employment_instalment_yen * (p_employment_instalment_count() - 1)],
    CASE WHEN collection_method = 'employment' THEN p_employment_instalment_count() ELSE 0 END,
    employment_instalment_yen) AS withholding_instalments_yen
FROM previous
