-- 均等割
-- 条文: 地方税法310条（38条）、294条①一・二、295条①、737条①、条例
-- house_count: 家屋敷・事務所のある区の数（住所のない者だけ）
-- city_per_capita_yen: 市町村民税の均等割（円）
-- prefecture_per_capita_yen: 道府県民税の均等割（円）
-- Each ward with an office or a house is a city of its own. What someone without residence here earns is not known here,
-- so that of the exemptions only 生活扶助 counts for them.
SELECT *,
  CASE WHEN resident THEN (NOT per_capita_exempt)::BIGINT WHEN public_assistance THEN 0 ELSE house_count END
    * p_city_per_capita_yen() AS city_per_capita_yen,
  CASE WHEN resident THEN (NOT per_capita_exempt)::BIGINT WHEN public_assistance THEN 0 ELSE house_count END
    * p_prefecture_per_capita_yen() AS prefecture_per_capita_yen
FROM previous
