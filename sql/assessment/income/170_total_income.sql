-- 合計所得金額
-- 条文: 地方税法292条①十三、313条①②、所得税法22条②
-- comprehensive_income_yen: 総所得金額（損失の繰越控除の前、円）
-- total_income_yen: 合計所得金額（円）
SELECT *,
  ordinary_after_yen + short_capital_gain_yen + half_taxed(long_capital_gain_yen + occasional_after_yen) AS comprehensive_income_yen,
  comprehensive_income_yen + set_off_forestry_yen + retirement_after_yen + separate_income_yen AS total_income_yen
FROM previous
