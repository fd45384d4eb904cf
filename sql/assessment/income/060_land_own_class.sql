-- 土地・建物の譲渡所得の、短期どうし・長期どうしの通算
-- 条文: 租税特別措置法31条・32条（地方税法附則34条⑤、35条⑥による）
-- has_land: 土地・建物の譲渡所得（損失を含む）がある
-- land_short_loss_yen: 短期の損失の合計（0以上、円）
-- land_long_loss_yen: 長期の損失の合計（0以上、円）
-- land_short_gains_yen: 短期の利益の合計（円）
-- land_long_gains_yen: 長期の利益の合計（円）
SELECT *,
  land_short_yen <> 0 OR land_short_public_yen <> 0 OR land_long_yen <> 0 OR land_long_excellent_yen <> 0 OR
    land_long_residence_yen <> 0 AS has_land,
  CASE WHEN has_land THEN greatest(-land_short_yen, 0) + greatest(-land_short_public_yen, 0) ELSE 0 END AS
    land_short_loss_yen,
  CASE WHEN has_land THEN greatest(-land_long_yen, 0) + greatest(-land_long_excellent_yen, 0) +
    greatest(-land_long_residence_yen, 0) ELSE 0 END AS land_long_loss_yen,
  CASE WHEN has_land THEN greatest(land_short_yen, 0) + greatest(land_short_public_yen, 0) ELSE 0 END AS
    land_short_gains_yen,
  CASE WHEN has_land THEN greatest(land_long_yen, 0) + greatest(land_long_excellent_yen, 0) +
    greatest(land_long_residence_yen, 0) ELSE 0 END AS land_long_gains_yen
FROM previous
