-- 均等割
-- 条文: 地方税法310条（38条）、294条①一、条例
-- city_per_capita_yen: 市町村民税の均等割（円）
-- prefecture_per_capita_yen: 道府県民税の均等割（円）
SELECT *,
  CASE WHEN resident AND NOT per_capita_exempt THEN p_city_per_capita_yen() ELSE 0 END AS city_per_capita_yen,
  CASE WHEN resident AND NOT per_capita_exempt THEN p_prefecture_per_capita_yen() ELSE 0 END
    AS prefecture_per_capita_yen
FROM previous
