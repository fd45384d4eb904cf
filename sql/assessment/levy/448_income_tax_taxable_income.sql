-- 所得税の課税総所得金額
-- 条文: 所得税法89条②、国税通則法118条①
-- income_tax_taxable_income_yen: 所得税の課税総所得金額（示された額、なければ計算した額。円）
SELECT *,
  CASE WHEN needs_income_tax THEN
    floor_taxable_base(greatest(
      total_income_yen - social_insurance_yen - small_enterprise_yen - income_tax_personal_deductions_yen
        - income_tax_insurance_deductions_yen, 0))
  ELSE coalesce(income_tax_taxable_yen, 0) END AS income_tax_taxable_income_yen
FROM previous
