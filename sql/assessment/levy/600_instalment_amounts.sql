-- 分割の額
-- 条文: 地方税法320条、321条の5①、20条の4の2⑥⑧、条例
-- no_more_than_per_capita: 年税額が均等割額（森林環境税を含む）以下である
-- employment_instalment_yen: 給与からの特別徴収の7月から翌年5月までの月割額（円）
-- ordinary_instalment_yen: 普通徴収の第2期以後の税額（円）
SELECT *,
  annual_tax_yen <= city_per_capita_yen + prefecture_per_capita_yen + forest_environment_tax_yen
    AS no_more_than_per_capita,
  CASE WHEN no_more_than_per_capita THEN 0
    ELSE floor_to(divide(annual_tax_yen, p_employment_instalment_count(), 0), p_employment_split_unit_yen())
  END AS employment_instalment_yen,
  CASE WHEN no_more_than_per_capita THEN 0
    ELSE floor_to(divide(annual_tax_yen, p_ordinary_instalment_count(), 0), p_ordinary_split_unit_yen())
  END AS ordinary_instalment_yen
FROM previous
