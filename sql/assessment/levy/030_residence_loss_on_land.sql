-- 居住用財産の譲渡損失の繰越控除（土地・建物の譲渡所得から）
-- 条文: 地方税法附則4条④⑩、4条の2④⑩
-- residence_loss_yen: 控除できる居住用財産の譲渡損失（円）
-- land_long_less_residence_yen: 控除後の長期譲渡所得（円）
-- land_long_excellent_less_residence_yen: 控除後の優良住宅地等のための長期譲渡所得（円）
-- land_long_residence_less_residence_yen: 控除後の居住用財産の長期譲渡所得（円）
-- land_short_less_residence_yen: 控除後の短期譲渡所得（円）
-- land_short_public_less_residence_yen: 控除後の国等への短期譲渡所得（円）
-- residence_loss_left_yen: 土地・建物の譲渡所得から控除しきれない額（円）
SELECT *,
  CASE WHEN total_income_yen <= p_residence_loss_income_limit_yen() THEN residence_loss_carried_yen ELSE 0 END
    AS residence_loss_yen,
  after_loss(land_long_income_yen, 0, residence_loss_yen) AS land_long_less_residence_yen,
  after_loss(land_long_excellent_income_yen, land_long_income_yen, residence_loss_yen)
    AS land_long_excellent_less_residence_yen,
  after_loss(land_long_residence_income_yen, land_long_income_yen + land_long_excellent_income_yen, residence_loss_yen)
    AS land_long_residence_less_residence_yen,
  after_loss(land_short_income_yen, land_long_income_yen + land_long_excellent_income_yen
    + land_long_residence_income_yen, residence_loss_yen) AS land_short_less_residence_yen,
  after_loss(land_short_public_income_yen, land_long_income_yen + land_long_excellent_income_yen
    + land_long_residence_income_yen + land_short_income_yen, residence_loss_yen) AS land_short_public_less_residence_yen,
  loss_left(residence_loss_yen, land_long_income_yen + land_long_excellent_income_yen + land_long_residence_income_yen
    + land_short_income_yen + land_short_public_income_yen) AS residence_loss_left_yen
FROM previous
