-- 納税通知書を出す賦課: 納税者ごとの最新の版のうち、まだ通知していないもの（地方税法319条の2）
-- One row a taxpayer. A version that follows a notice already sent is a change notice, also when it takes the tax away or
-- moves it to the employer: the taxpayer must hear of it. A version is told by its ward too (737①): version 1 of another ward is not
-- the one that was told. Notices before format 6 do not say their ward: that of the newest version is meant. To whom and where it
-- goes is notice_addressee's. The order is the post office's.
WITH newest AS (
  SELECT *
  FROM pinned_assessment
  WHERE fiscal_year = $fiscal_year
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY commit_no DESC, version DESC, ward_code) = 1
),
told AS (
  SELECT
    notice.taxpayer_no,
    coalesce(notice.ward_code, newest.ward_code) AS ward_code,
    notice.version,
    count(*) OVER (PARTITION BY taxpayer_no) AS notice_count
  FROM pinned_notice AS notice
  JOIN newest USING (taxpayer_no)
  WHERE notice.fiscal_year = $fiscal_year AND notice_kind IN ('first_notice', 'change_notice')
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY notice.commit_no DESC, notice_no DESC) = 1
),
earlier AS (
  SELECT assessment.taxpayer_no, assessment.annual_tax_yen, assessment.ordinary_instalments_yen
  FROM pinned_assessment AS assessment
  JOIN told USING (taxpayer_no, ward_code, version)
  WHERE assessment.fiscal_year = $fiscal_year
)
SELECT
  concat($fiscal_year, '-', CASE WHEN told.version IS NULL THEN '11' ELSE '12' END, '-', newest.taxpayer_no, '-',
    lpad(CAST(coalesce(told.notice_count, 0) + 1 AS VARCHAR), 2, '0')) AS notice_no,
  CASE WHEN told.version IS NULL THEN 'first_notice' ELSE 'change_notice' END AS notice_kind,
  newest.fiscal_year,
  newest.taxpayer_no,
  newest.ward_code,
  newest.version,
  addressee.name,
  addressee.home_address,
  addressee.addressee_kind,
  addressee.addressee_name,
  addressee.postcode,
  addressee.address,
  newest.employment_paid_yen,
  newest.employment_income_yen,
  newest.income_adjustment_deduction_yen,
  newest.gross_income_yen,
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
  newest.city_income_levy_before_credits_yen,
  newest.prefecture_income_levy_before_credits_yen,
  newest.city_adjustment_credit_yen,
  newest.prefecture_adjustment_credit_yen,
  newest.city_housing_loan_credit_yen,
  newest.prefecture_housing_loan_credit_yen,
  newest.city_fixed_reduction_yen,
  newest.prefecture_fixed_reduction_yen,
  newest.city_income_levy_before_credits_yen - newest.city_adjustment_credit_yen - newest.city_housing_loan_credit_yen
    - newest.city_fixed_reduction_yen - newest.city_income_levy_yen AS city_cut_off_yen,
  newest.prefecture_income_levy_before_credits_yen - newest.prefecture_adjustment_credit_yen
    - newest.prefecture_housing_loan_credit_yen - newest.prefecture_fixed_reduction_yen
    - newest.prefecture_income_levy_yen AS prefecture_cut_off_yen,
  newest.city_income_levy_yen,
  newest.prefecture_income_levy_yen,
  newest.city_per_capita_yen,
  newest.prefecture_per_capita_yen,
  newest.city_tax_yen,
  newest.prefecture_tax_yen,
  newest.forest_environment_tax_yen,
  newest.annual_tax_yen,
  newest.annual_tax_yen - coalesce(list_sum(newest.ordinary_instalments_yen), 0)
    - coalesce(list_sum(newest.pension_provisional_yen || newest.pension_final_yen), 0) AS withheld_tax_yen,
  coalesce(list_sum(newest.pension_provisional_yen || newest.pension_final_yen), 0) AS pension_tax_yen,
  coalesce(list_sum(newest.ordinary_instalments_yen), 0) AS ordinary_tax_yen,
  list_resize(newest.ordinary_instalments_yen, $instalment_count, 0) AS ordinary_instalments_yen,
  earlier.annual_tax_yen AS earlier_annual_tax_yen,
  list_resize(coalesce(earlier.ordinary_instalments_yen, []), $instalment_count, 0) AS earlier_instalments_yen
FROM newest
LEFT JOIN told USING (taxpayer_no)
LEFT JOIN earlier USING (taxpayer_no)
LEFT JOIN notice_addressee AS addressee USING (taxpayer_no)
WHERE (told.ward_code, told.version) IS DISTINCT FROM (newest.ward_code, newest.version)
  AND (
    told.version IS NOT NULL
    OR coalesce(list_sum(newest.ordinary_instalments_yen || newest.pension_provisional_yen || newest.pension_final_yen), 0) > 0
  )
ORDER BY addressee.postcode, newest.taxpayer_no
