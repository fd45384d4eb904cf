-- 所得税の所得控除（住宅借入金等特別税額控除の限度額のため）
-- 条文: 地方税法附則5条の4①⑤、所得税法74条〜86条、租税特別措置法41条の16の2
-- needs_income_tax: 所得税から引ききれない住宅借入金等特別控除があり、所得税の課税総所得金額が示されていない
-- income_tax_personal_deductions_yen: 所得税の人的控除の合計額（円）
-- income_tax_insurance_deductions_yen: 所得税の生命保険料控除・地震保険料控除の合計額（円）
-- What a wage report declares is what its payer's 年末調整 deducted. Few people need it; for the rest both sums are 0.
-- 勤労学生控除 is left out: whoever may take it has no taxable income under the income tax without it either.
SELECT *,
  housing_unused_credit_yen > 0 AND income_tax_taxable_yen IS NULL AS needs_income_tax,
  CASE WHEN needs_income_tax THEN
    t_income_tax_basic_deduction(total_income_yen)
    + CASE
        WHEN NOT has_spouse THEN 0
        WHEN NOT spouse_same_livelihood THEN t_income_tax_spouse_special_deduction(total_income_yen, spouse_income_yen)
        WHEN spouse_is_elderly THEN t_income_tax_spouse_deduction_elderly(total_income_yen)
        ELSE t_income_tax_spouse_deduction(total_income_yen)
      END
    + general_dependant_count * p_income_tax_dependant_general_deduction_yen()
    + specific_dependant_count * p_income_tax_dependant_specific_deduction_yen()
    + elderly_dependant_count * p_income_tax_dependant_elderly_deduction_yen()
    + elderly_parent_dependant_count * p_income_tax_dependant_elderly_parent_deduction_yen()
    + disabled_count * p_income_tax_disability_deduction_yen()
    + special_disabled_count * p_income_tax_disability_special_deduction_yen()
    + special_living_together_count * p_income_tax_disability_living_together_deduction_yen()
    + CASE WHEN is_widow THEN p_income_tax_widow_deduction_yen() ELSE 0 END
    + CASE WHEN is_single_parent THEN p_income_tax_single_parent_deduction_yen() ELSE 0 END
  ELSE 0 END AS income_tax_personal_deductions_yen,
  CASE WHEN needs_income_tax THEN
    least(
      income_tax_life_insurance_of_kind(new_general_premium_yen, old_general_premium_yen)
        + t_income_tax_life_insurance_new(care_premium_yen)
        + income_tax_life_insurance_of_kind(new_pension_premium_yen, old_pension_premium_yen),
      p_income_tax_life_insurance_limit_yen())
    + least(
      least(earthquake_premium_yen, p_income_tax_earthquake_insurance_limit_yen())
        + t_income_tax_old_long_term_insurance(old_long_term_premium_yen),
      p_income_tax_earthquake_insurance_limit_yen())
  ELSE 0 END AS income_tax_insurance_deductions_yen
FROM previous
