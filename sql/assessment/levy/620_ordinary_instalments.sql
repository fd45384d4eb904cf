-- 普通徴収の納期ごとの税額
-- 条文: 地方税法320条、20条の4の2⑥⑧、条例
-- ordinary_instalments_yen: 納期ごとの税額（普通徴収の者だけ、円）
SELECT *,
  list_resize(
    [annual_tax_yen - ordinary_instalment_yen * (p_ordinary_instalment_count() - 1)],
    CASE WHEN collection_method = 'ordinary' THEN p_ordinary_instalment_count() ELSE 0 END,
    ordinary_instalment_yen) AS ordinary_instalments_yen
FROM previous
