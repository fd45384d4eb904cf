-- 土地・建物の譲渡所得（短期と長期の通算の後）
-- 条文: 地方税法附則34条①④⑤後段、35条①⑤⑥、34条の2、34条の3、租税特別措置法31条・32条
-- land_short_income_yen: 短期譲渡所得（特別控除の前、円）
-- land_short_public_income_yen: 国等への譲渡による短期譲渡所得（特別控除の前、円）
-- land_long_income_yen: 長期譲渡所得（特別控除の前、円）
-- land_long_excellent_income_yen: 優良住宅地等のための長期譲渡所得（特別控除の前、円）
-- land_long_residence_income_yen: 居住用財産の長期譲渡所得（特別控除の前、円）
-- A loss goes against its own class first, then against the other; what is then left of it is no loss.
SELECT *,
  CASE WHEN has_land THEN after_loss(greatest(land_short_yen, 0), 0, land_short_loss_yen +
    loss_left(land_long_loss_yen, land_long_gains_yen)) ELSE 0 END AS land_short_income_yen,
  CASE WHEN has_land THEN after_loss(greatest(land_short_public_yen, 0), greatest(land_short_yen, 0),
    land_short_loss_yen + loss_left(land_long_loss_yen, land_long_gains_yen)) ELSE 0 END AS
    land_short_public_income_yen,
  CASE WHEN has_land THEN after_loss(greatest(land_long_yen, 0), 0, land_long_loss_yen +
    loss_left(land_short_loss_yen, land_short_gains_yen)) ELSE 0 END AS land_long_income_yen,
  CASE WHEN has_land THEN after_loss(greatest(land_long_excellent_yen, 0), greatest(land_long_yen, 0),
    land_long_loss_yen + loss_left(land_short_loss_yen, land_short_gains_yen)) ELSE 0 END AS
    land_long_excellent_income_yen,
  CASE WHEN has_land THEN after_loss(greatest(land_long_residence_yen, 0), greatest(land_long_yen, 0) +
    greatest(land_long_excellent_yen, 0), land_long_loss_yen + loss_left(land_short_loss_yen,
    land_short_gains_yen)) ELSE 0 END AS land_long_residence_income_yen
FROM previous
