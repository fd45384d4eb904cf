-- 森林環境税
-- 条文: 森林環境税法3条・5条
-- forest_environment_tax_yen: 森林環境税（円）
SELECT *,
  CASE WHEN resident AND NOT forest_environment_tax_exempt THEN p_forest_environment_tax_yen() ELSE 0 END
    AS forest_environment_tax_yen
FROM previous
