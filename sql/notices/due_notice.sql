-- 納税通知書を出す賦課: 納税者ごとの最新の版のうち、まだ通知していないもの（地方税法319条の2）
-- One row a taxpayer. A version that follows a notice already sent is a change notice, also when it takes the tax away or
-- moves it to the employer: the taxpayer must hear of it. What was told, and what is left to pay after 減免, is told_levy's and
-- payable_levy's; to whom and where it goes is notice_addressee's. The order is the post office's.
WITH summed AS (
  SELECT
    *,
    city_adjustment_credit_yen
    + prefecture_adjustment_credit_yen
    + city_dividend_credit_yen
    + prefecture_dividend_credit_yen
    + city_housing_loan_credit_yen
    + prefecture_housing_loan_credit_yen
    + city_donation_credit_yen
    + prefecture_donation_credit_yen
    + city_foreign_tax_credit_yen
    + prefecture_foreign_tax_credit_yen
    + city_exemption_adjustment_yen
    + prefecture_exemption_adjustment_yen
    + city_withheld_levy_credit_yen
    + prefecture_withheld_levy_credit_yen
    + city_fixed_reduction_yen
    + prefecture_fixed_reduction_yen AS credits_yen,
    city_per_capita_yen + prefecture_per_capita_yen + forest_environment_tax_yen AS per_capita_total_yen,
    CAST(coalesce(list_sum(pension_provisional_yen || pension_final_yen), 0) AS BIGINT) AS pension_tax_yen,
    CAST(coalesce(list_sum(ordinary_instalments_yen), 0) AS BIGINT) AS ordinary_tax_yen,
    annual_tax_yen - pension_tax_yen - ordinary_tax_yen AS withheld_tax_yen
  FROM pinned_assessment
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
),
newest AS (
  SELECT summed.*, told.told_version, told.resent, told.notice_count
  FROM summed
  JOIN told_levy AS told USING (taxpayer_no, ward_code, version)
),
earlier AS (
  SELECT summed.*
  FROM summed
  JOIN told_levy AS told
    ON told.taxpayer_no = summed.taxpayer_no AND told.told_ward_code = summed.ward_code AND told.told_version = summed.version
)
SELECT
  concat($fiscal_year, '-', CASE WHEN newest.told_version IS NULL THEN '11' ELSE '12' END, '-', newest.taxpayer_no, '-',
    lpad(CAST(newest.notice_count + 1 AS VARCHAR), 2, '0')) AS notice_no,
  CASE WHEN newest.told_version IS NULL THEN 'first_notice' ELSE 'change_notice' END AS notice_kind,
  newest.fiscal_year,
  newest.taxpayer_no,
  newest.ward_code,
  newest.version,
  newest.resent,
  addressee.name,
  addressee.home_address,
  addressee.addressee_kind,
  addressee.addressee_name,
  addressee.postcode,
  addressee.address,
  newest.employment_paid_yen,
  newest.employment_income_yen,
  newest.income_adjustment_deduction_yen,
  newest.business_income_yen,
  newest.farming_income_yen,
  newest.real_estate_income_yen,
  newest.dividend_income_yen,
  newest.miscellaneous_income_yen,
  newest.public_pension_income_yen,
  newest.short_capital_gain_yen,
  newest.long_capital_gain_yen,
  newest.occasional_income_yen,
  newest.gross_income_yen,
  newest.forestry_income_yen,
  newest.retirement_income_yen,
  newest.total_income_yen,
  newest.casualty_deduction_yen,
  newest.medical_deduction_yen,
  newest.social_insurance_deduction_yen,
  newest.small_enterprise_deduction_yen,
  newest.life_insurance_deduction_yen,
  newest.earthquake_insurance_deduction_yen,
  newest.disability_deduction_yen,
  newest.widow_deduction_yen,
  newest.single_parent_deduction_yen,
  newest.working_student_deduction_yen,
  newest.spouse_deduction_yen,
  newest.spouse_special_deduction_yen,
  newest.dependant_deduction_yen,
  newest.specific_relative_special_deduction_yen,
  newest.basic_deduction_yen,
  newest.deductions_yen,
  newest.taxable_income_yen,
  newest.taxable_forestry_yen,
  newest.taxable_retirement_yen,
  newest.taxable_land_short_yen,
  newest.taxable_land_short_public_yen,
  newest.taxable_land_long_yen,
  newest.taxable_land_long_excellent_yen,
  newest.taxable_land_long_residence_yen,
  newest.taxable_general_shares_yen,
  newest.taxable_listed_shares_yen,
  newest.taxable_listed_dividend_yen,
  newest.taxable_futures_yen,
  newest.city_income_levy_before_credits_yen,
  newest.prefecture_income_levy_before_credits_yen,
  newest.city_adjustment_credit_yen,
  newest.prefecture_adjustment_credit_yen,
  newest.city_dividend_credit_yen,
  newest.prefecture_dividend_credit_yen,
  newest.city_housing_loan_credit_yen,
  newest.prefecture_housing_loan_credit_yen,
  newest.city_donation_credit_yen,
  newest.prefecture_donation_credit_yen,
  newest.city_one_stop_credit_yen,
  newest.prefecture_one_stop_credit_yen,
  newest.city_foreign_tax_credit_yen,
  newest.prefecture_foreign_tax_credit_yen,
  newest.city_exemption_adjustment_yen,
  newest.prefecture_exemption_adjustment_yen,
  newest.city_withheld_levy_credit_yen,
  newest.prefecture_withheld_levy_credit_yen,
  newest.city_fixed_reduction_yen,
  newest.prefecture_fixed_reduction_yen,
  newest.city_income_levy_before_credits_yen - (newest.city_adjustment_credit_yen
    + newest.city_dividend_credit_yen
    + newest.city_housing_loan_credit_yen
    + newest.city_donation_credit_yen
    + newest.city_foreign_tax_credit_yen
    + newest.city_exemption_adjustment_yen
    + newest.city_withheld_levy_credit_yen
    + newest.city_fixed_reduction_yen
  ) - newest.city_income_levy_yen AS city_cut_off_yen,
  newest.prefecture_income_levy_before_credits_yen - (newest.prefecture_adjustment_credit_yen
    + newest.prefecture_dividend_credit_yen
    + newest.prefecture_housing_loan_credit_yen
    + newest.prefecture_donation_credit_yen
    + newest.prefecture_foreign_tax_credit_yen
    + newest.prefecture_exemption_adjustment_yen
    + newest.prefecture_withheld_levy_credit_yen
    + newest.prefecture_fixed_reduction_yen
  ) - newest.prefecture_income_levy_yen AS prefecture_cut_off_yen,
  newest.city_income_levy_yen,
  newest.prefecture_income_levy_yen,
  newest.city_per_capita_yen,
  newest.prefecture_per_capita_yen,
  newest.city_tax_yen,
  newest.prefecture_tax_yen,
  newest.forest_environment_tax_yen,
  newest.annual_tax_yen,
  newest.withheld_levy_refund_yen,
  newest.withheld_tax_yen,
  newest.pension_tax_yen,
  newest.ordinary_tax_yen,
  newest.credits_yen,
  newest.per_capita_total_yen,
  newest.pension_provisional_yen,
  newest.pension_final_yen,
  list_resize(newest.ordinary_instalments_yen, $instalment_count, 0) AS ordinary_instalments_yen,
  coalesce(reduction.reduction_yen, 0) AS reduction_yen,
  payable.payable_instalments_yen,
  earlier.annual_tax_yen AS earlier_annual_tax_yen,
  payable.earlier_payable_yen,
  earlier.total_income_yen AS earlier_total_income_yen,
  earlier.deductions_yen AS earlier_deductions_yen,
  earlier.credits_yen AS earlier_credits_yen,
  earlier.per_capita_total_yen AS earlier_per_capita_total_yen,
  earlier.withheld_tax_yen AS earlier_withheld_tax_yen,
  earlier.pension_tax_yen AS earlier_pension_tax_yen
FROM newest
JOIN payable_levy AS payable USING (taxpayer_no)
LEFT JOIN standing_reduction AS reduction
  ON reduction.fiscal_year = newest.fiscal_year
  AND reduction.taxpayer_no = newest.taxpayer_no
  AND reduction.ward_code = newest.ward_code
LEFT JOIN earlier USING (taxpayer_no)
LEFT JOIN notice_addressee AS addressee USING (taxpayer_no)
WHERE NOT payable.newest_is_told
  AND (
    newest.told_version IS NOT NULL
    OR newest.ordinary_tax_yen + newest.pension_tax_yen > 0
  )
ORDER BY addressee.postcode, newest.taxpayer_no
