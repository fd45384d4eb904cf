-- 課税長期譲渡所得金額・課税短期譲渡所得金額
-- 条文: 地方税法附則34条④⑥三、35条⑤⑧三、20条の4の2①
-- taxable_land_short_yen: 課税短期譲渡所得（円）
-- taxable_land_short_public_yen: 課税国等への短期譲渡所得（円）
-- taxable_land_long_yen: 課税長期譲渡所得（円）
-- taxable_land_long_excellent_yen: 課税優良住宅地等のための長期譲渡所得（円）
-- taxable_land_long_residence_yen: 課税居住用財産の長期譲渡所得（円）
-- deductions_for_shares_yen: 土地・建物の譲渡所得からも引ききれない所得控除（円）
-- The law gives no order among the separate incomes: the most heavily taxed first (docs/law-open-questions.md 17).
SELECT *,
  CASE WHEN has_land THEN floor_taxable_base(after_loss(land_short_less_special_yen, 0,
    deductions_for_separate_yen)) ELSE 0 END AS taxable_land_short_yen,
  CASE WHEN has_land THEN floor_taxable_base(after_loss(land_short_public_less_special_yen,
    land_short_less_special_yen, deductions_for_separate_yen)) ELSE 0 END AS taxable_land_short_public_yen,
  CASE WHEN has_land THEN floor_taxable_base(after_loss(land_long_less_special_yen, land_short_less_special_yen
    + land_short_public_less_special_yen, deductions_for_separate_yen)) ELSE 0 END AS taxable_land_long_yen,
  CASE WHEN has_land THEN floor_taxable_base(after_loss(land_long_excellent_less_special_yen,
    land_short_less_special_yen + land_short_public_less_special_yen + land_long_less_special_yen,
    deductions_for_separate_yen)) ELSE 0 END AS taxable_land_long_excellent_yen,
  CASE WHEN has_land THEN floor_taxable_base(after_loss(land_long_residence_less_special_yen,
    land_short_less_special_yen + land_short_public_less_special_yen + land_long_less_special_yen +
    land_long_excellent_less_special_yen, deductions_for_separate_yen)) ELSE 0 END AS
    taxable_land_long_residence_yen,
  loss_left(deductions_for_separate_yen, land_short_less_special_yen + land_short_public_less_special_yen +
    land_long_less_special_yen + land_long_excellent_less_special_yen + land_long_residence_less_special_yen) AS
    deductions_for_shares_yen
FROM previous
