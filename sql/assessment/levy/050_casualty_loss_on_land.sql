-- 雑損失の繰越控除（総所得、土地・建物の譲渡所得から）
-- 条文: 地方税法313条⑨、施行令48条の3①二ホ、附則34条⑥三、35条⑧三
-- comprehensive_after_losses_yen: 損失の繰越控除をすべて終えた総所得金額（円）
-- casualty_left_for_land_yen: 総所得金額から控除しきれない雑損失（円）
-- land_short_after_losses_yen: 損失の繰越控除をすべて終えた短期譲渡所得（特別控除の前、円）
-- land_short_public_after_losses_yen: 損失の繰越控除をすべて終えた国等への短期譲渡所得（特別控除の前、円）
-- land_long_after_losses_yen: 損失の繰越控除をすべて終えた長期譲渡所得（特別控除の前、円）
-- land_long_excellent_after_losses_yen: 損失の繰越控除をすべて終えた優良住宅地等のための長期譲渡所得（特別控除の前、円）
-- land_long_residence_after_losses_yen: 損失の繰越控除をすべて終えた居住用財産の長期譲渡所得（特別控除の前、円）
-- casualty_left_for_shares_yen: 土地・建物の譲渡所得から控除しきれない雑損失（円）
SELECT *,
  after_loss(comprehensive_less_residence_yen, 0, casualty_loss_carried_yen) AS comprehensive_after_losses_yen,
  loss_left(casualty_loss_carried_yen, comprehensive_less_residence_yen) AS casualty_left_for_land_yen,
  after_loss(land_short_less_residence_yen, 0, casualty_left_for_land_yen) AS land_short_after_losses_yen,
  after_loss(land_short_public_less_residence_yen, land_short_less_residence_yen, casualty_left_for_land_yen) AS
    land_short_public_after_losses_yen,
  after_loss(land_long_less_residence_yen,
    land_short_less_residence_yen + land_short_public_less_residence_yen,
    casualty_left_for_land_yen) AS land_long_after_losses_yen,
  after_loss(land_long_excellent_less_residence_yen,
    land_short_less_residence_yen + land_short_public_less_residence_yen + land_long_less_residence_yen,
    casualty_left_for_land_yen) AS land_long_excellent_after_losses_yen,
  after_loss(land_long_residence_less_residence_yen,
    land_short_less_residence_yen + land_short_public_less_residence_yen + land_long_less_residence_yen +
      land_long_excellent_less_residence_yen,
    casualty_left_for_land_yen) AS land_long_residence_after_losses_yen,
  loss_left(casualty_left_for_land_yen, land_short_less_residence_yen + land_short_public_less_residence_yen +
    land_long_less_residence_yen + land_long_excellent_less_residence_yen + land_long_residence_less_residence_yen)
    AS casualty_left_for_shares_yen
FROM previous
