-- 前年比較: whoever was assessed for the fiscal year or the one before, with the newest figures of both and why a person should look.
-- exception: new, gone, increased, decreased or NULL, by the annual tax and the thresholds of schemas/run/year_comparison.yaml.
WITH newest AS (
  SELECT *
  FROM pinned_assessment
  WHERE fiscal_year IN ($fiscal_year, $fiscal_year - 1)
  QUALIFY row_number() OVER (PARTITION BY fiscal_year, taxpayer_no ORDER BY commit_no DESC, version DESC, ward_code) = 1
),
figured AS (
  SELECT
    fiscal_year,
    taxpayer_no,
    annual_tax_yen,
    struct_pack(
      "給与所得" := employment_income_yen,
      "公的年金等の雑所得" := public_pension_income_yen,
      "事業・農業所得" := business_income_yen + farming_income_yen,
      "不動産所得" := real_estate_income_yen,
      "配当所得" := dividend_income_yen,
      "その他の雑所得" := miscellaneous_income_yen - public_pension_income_yen,
      "一時所得" := occasional_income_yen,
      "総合譲渡所得" := short_capital_gain_yen + long_capital_gain_yen,
      "山林・退職所得" := forestry_income_yen + retirement_income_yen,
      "分離課税の課税所得" := taxable_land_short_yen + taxable_land_short_public_yen + taxable_land_long_yen
        + taxable_land_long_excellent_yen + taxable_land_long_residence_yen + taxable_general_shares_yen
        + taxable_listed_shares_yen + taxable_listed_dividend_yen + taxable_futures_yen,
      "合計所得金額" := total_income_yen,
      "社会保険料等の控除" := social_insurance_deduction_yen + small_enterprise_deduction_yen,
      "保険料の控除" := life_insurance_deduction_yen + earthquake_insurance_deduction_yen,
      "雑損・医療費控除" := casualty_deduction_yen + medical_deduction_yen,
      "配偶者・扶養の控除" := spouse_deduction_yen + spouse_special_deduction_yen + dependant_deduction_yen
        + specific_relative_special_deduction_yen,
      "本人の控除" := disability_deduction_yen + widow_deduction_yen + single_parent_deduction_yen
        + working_student_deduction_yen + basic_deduction_yen,
      "所得控除の計" := deductions_yen,
      "市民税" := city_tax_yen,
      "県民税" := prefecture_tax_yen,
      "森林環境税" := forest_environment_tax_yen,
      "年税額" := annual_tax_yen
    ) AS figures
  FROM newest
)
SELECT
  taxpayer_no,
  earlier.figures AS earlier,
  later.figures AS later,
  coalesce(later.annual_tax_yen, 0) - coalesce(earlier.annual_tax_yen, 0) AS change_yen,
  CASE
    WHEN coalesce(earlier.annual_tax_yen, 0) = 0
      THEN CASE WHEN later.annual_tax_yen >= $new_from_yen AND later.annual_tax_yen > 0 THEN 'new' END
    WHEN coalesce(later.annual_tax_yen, 0) = 0
      THEN CASE WHEN earlier.annual_tax_yen >= $gone_from_yen THEN 'gone' END
    WHEN abs(change_yen) < $change_from_yen THEN NULL
    WHEN later.annual_tax_yen >= earlier.annual_tax_yen * $ratio THEN 'increased'
    WHEN later.annual_tax_yen * $ratio <= earlier.annual_tax_yen THEN 'decreased'
  END AS exception
FROM (FROM figured WHERE fiscal_year = $fiscal_year) AS later
FULL JOIN (FROM figured WHERE fiscal_year = $fiscal_year - 1) AS earlier USING (taxpayer_no)
ORDER BY taxpayer_no
