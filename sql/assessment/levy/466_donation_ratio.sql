-- 特例控除額の割合
-- 条文: 地方税法314条の7⑪、37条の2⑪、附則5条の5・5条の6
-- donation_ratio_income_yen: 課税総所得金額から人的控除差調整額を引いた額（円）
-- donation_by_separate_income: 課税総所得金額だけでは割合が決まらない（0未満。課税総所得金額がなければ必ず0未満）
-- donation_special_ratio: 特例控除額の割合（十万分率）
-- Where several ratios apply, the lowest; whoever has neither base nor separate income owes nothing to deduct from.
SELECT *,
  CASE WHEN NOT has_donation THEN 0 ELSE
    taxable_income_yen - personal_deduction_difference_yen
      - greatest(t_income_tax_basic_deduction(total_income_yen) - p_donation_difference_base_yen(), 0)
  END AS donation_ratio_income_yen,
  donation_ratio_income_yen < 0 AS donation_by_separate_income,
  CASE
    WHEN NOT has_donation OR furusato_yen = 0 THEN 0
    WHEN NOT donation_by_separate_income THEN t_donation_ratio(donation_ratio_income_yen)
    ELSE least(
      CASE WHEN taxable_forestry_yen > 0 THEN t_donation_ratio(divide(
        taxable_forestry_yen * p_donation_forestry_share_numerator(), p_donation_forestry_share_denominator(), 0)) END,
      CASE WHEN taxable_retirement_yen > 0 THEN t_donation_ratio(taxable_retirement_yen) END,
      CASE WHEN taxable_land_short_yen + taxable_land_short_public_yen > 0 THEN p_donation_ratio_land_short() END,
      CASE WHEN taxable_land_long_excellent_yen + taxable_land_long_residence_yen + separate_full_rate_yen
        - taxable_land_short_public_yen > 0 THEN p_donation_ratio_separate() END,
      CASE WHEN taxable_income_yen > 0 AND dividend_credit_income_yen = taxable_income_yen
        AND taxable_at_full_rate_yen = taxable_income_yen THEN t_donation_ratio(donation_ratio_income_yen) END)
  END AS donation_special_ratio
FROM previous
