-- 損益通算（山林所得の損失の前まで）
-- 条文: 所得税法69条、所得税法施行令198条一号〜五号（地方税法313条②による）
-- set_off_ordinary_yen: 損益通算の後の経常所得（円）
-- set_off_short_yen: 損益通算の後の短期の譲渡所得（円）
-- set_off_long_yen: 損益通算の後の長期の譲渡所得（円）
-- set_off_occasional_yen: 損益通算の後の一時所得（円）
-- set_off_forestry_yen: 損益通算の後の山林所得（円）
-- set_off_retirement_yen: 損益通算の後の退職所得（円）
SELECT *,
  CASE WHEN has_loss THEN ordinary_set_off(ordinary_income_yen, capital_loss_yen, occasional_income_yen)
       ELSE ordinary_income_yen END AS set_off_ordinary_yen,
  CASE WHEN has_loss THEN short_set_off(ordinary_income_yen, greatest(capital_short_income_yen, 0))
       ELSE capital_short_income_yen END AS set_off_short_yen,
  CASE WHEN has_loss THEN long_set_off(ordinary_income_yen, greatest(capital_short_income_yen, 0),
      greatest(capital_long_income_yen, 0)) ELSE capital_long_income_yen END AS set_off_long_yen,
  CASE WHEN has_loss THEN occasional_set_off(ordinary_income_yen, greatest(capital_short_income_yen, 0),
      greatest(capital_long_income_yen, 0), capital_loss_yen, occasional_income_yen)
    ELSE occasional_income_yen END AS set_off_occasional_yen,
  CASE WHEN has_loss THEN after_loss(greatest(forestry_income_yen, 0), 0,
      unused_loss(ordinary_income_yen, greatest(capital_short_income_yen, 0), greatest(capital_long_income_yen, 0),
        capital_loss_yen, occasional_income_yen)) ELSE forestry_income_yen END AS set_off_forestry_yen,
  CASE WHEN has_loss THEN after_loss(retirement_income_yen, greatest(forestry_income_yen, 0),
      unused_loss(ordinary_income_yen, greatest(capital_short_income_yen, 0), greatest(capital_long_income_yen, 0),
        capital_loss_yen, occasional_income_yen)) ELSE retirement_income_yen END AS set_off_retirement_yen
FROM previous
