-- 山林所得の損失の損益通算
-- 条文: 所得税法施行令198条六号（地方税法313条②による）
-- forestry_loss_yen: 山林所得の損失（0以上、円）
-- ordinary_after_yen: 損益通算をすべて終えた経常所得（円）
-- short_capital_gain_yen: 短期の譲渡所得（特別控除・損益通算の後、円）
-- long_capital_gain_yen: 長期の譲渡所得（特別控除・損益通算の後、2分の1の前、円）
-- occasional_after_yen: 損益通算をすべて終えた一時所得（円）
-- retirement_after_yen: 損益通算をすべて終えた退職所得（円）
SELECT *,
  greatest(-forestry_income_yen, 0) AS forestry_loss_yen,
  after_loss(set_off_ordinary_yen, 0, forestry_loss_yen) AS ordinary_after_yen,
  after_loss(set_off_short_yen, set_off_ordinary_yen, forestry_loss_yen) AS short_capital_gain_yen,
  after_loss(set_off_long_yen, set_off_ordinary_yen + set_off_short_yen, forestry_loss_yen) AS long_capital_gain_yen,
  after_loss(set_off_occasional_yen, set_off_ordinary_yen + set_off_short_yen + set_off_long_yen, forestry_loss_yen)
    AS occasional_after_yen,
  after_loss(set_off_retirement_yen,
      set_off_ordinary_yen + set_off_short_yen + set_off_long_yen + set_off_occasional_yen, forestry_loss_yen)
    AS retirement_after_yen
FROM previous
