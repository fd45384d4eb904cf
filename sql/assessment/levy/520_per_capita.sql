-- 均等割
-- 条文: 地方税法310条（38条）、294条①一・二、295条①、737条①、条例
-- city_per_capita_yen: 市町村民税の均等割（円）
-- prefecture_per_capita_yen: 道府県民税の均等割（円）
-- house_city_per_capita_yen: 家屋敷・事務所のある区ごとの市町村民税の均等割（円）
-- house_prefecture_per_capita_yen: 家屋敷・事務所のある区ごとの道府県民税の均等割（円）
-- Each ward with an office or a house is a city of its own (737条①). What someone without residence there earns is not
-- known there, so that of the exemptions only 生活扶助 counts for it.
SELECT *,
  CASE WHEN resident AND NOT per_capita_exempt THEN p_city_per_capita_yen() ELSE 0 END AS city_per_capita_yen,
  CASE WHEN resident AND NOT per_capita_exempt THEN p_prefecture_per_capita_yen() ELSE 0 END
    AS prefecture_per_capita_yen,
  CASE WHEN house_count > 0 AND NOT public_assistance THEN p_city_per_capita_yen() ELSE 0 END
    AS house_city_per_capita_yen,
  CASE WHEN house_count > 0 AND NOT public_assistance THEN p_prefecture_per_capita_yen() ELSE 0 END
    AS house_prefecture_per_capita_yen
FROM previous
