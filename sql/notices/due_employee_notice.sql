-- 特別徴収税額決定・変更通知書（納税義務者用）を出す人: whose newest assessment is withheld from wages and was not told yet (地方税法321条の4①,
-- 321条の6①). One who is no longer withheld hears it from the 納税通知書. `sealed_for_employer`: the document goes electronically
-- (321条の4⑧), where the employer wished for electronic notices alone; with 「電子と書面」 the employees' part is on paper.
WITH newest AS (
  SELECT *
  FROM pinned_assessment
  WHERE fiscal_year = $fiscal_year
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no, ward_code ORDER BY version DESC) = 1
),
told AS (
  SELECT taxpayer_no, max(version) AS version
  FROM pinned_notice
  WHERE fiscal_year = $fiscal_year AND notice_kind IN ('withholding_notice', 'withholding_change_notice')
  GROUP BY taxpayer_no
),
master AS (
  SELECT designated_no, notice_delivery
  FROM pinned_employer
  QUALIFY row_number() OVER (PARTITION BY designated_no ORDER BY employer_version DESC) = 1
)
SELECT
  concat($fiscal_year, '-', CASE WHEN told.version IS NULL THEN '31' ELSE '32' END, '-', newest.taxpayer_no, '-',
    lpad(newest.version::VARCHAR, 2, '0')) AS notice_no,
  CASE WHEN told.version IS NULL THEN 'withholding_notice' ELSE 'withholding_change_notice' END AS notice_kind,
  newest.fiscal_year,
  newest.taxpayer_no,
  newest.version,
  withheld.payer_no,
  withheld.payer_name,
  withheld.employee_no,
  coalesce(person.name, addressee.name) AS name,
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
  newest.city_income_levy_before_credits_yen - newest.city_income_levy_yen AS city_taken_off_yen,
  newest.prefecture_income_levy_before_credits_yen - newest.prefecture_income_levy_yen AS prefecture_taken_off_yen,
  newest.city_income_levy_yen,
  newest.prefecture_income_levy_yen,
  newest.city_per_capita_yen,
  newest.prefecture_per_capita_yen,
  newest.city_tax_yen,
  newest.prefecture_tax_yen,
  newest.forest_environment_tax_yen,
  newest.annual_tax_yen,
  withheld.first_month AS from_month,
  newest.withholding_instalments_yen AS months_yen,
  list_sum(newest.withholding_instalments_yen)::BIGINT AS withheld_yen,
  before.withholding_instalments_yen AS earlier_months_yen,
  coalesce(list_sum(before.withholding_instalments_yen), 0)::BIGINT AS earlier_withheld_yen,
  coalesce(master.notice_delivery, '') = 'electronic' AS sealed_for_employer
FROM newest
JOIN withheld_version AS withheld USING (taxpayer_no, ward_code, version)
LEFT JOIN told USING (taxpayer_no)
LEFT JOIN pinned_assessment AS before
  ON before.fiscal_year = newest.fiscal_year AND before.taxpayer_no = newest.taxpayer_no
  AND before.ward_code = newest.ward_code AND before.version = told.version
LEFT JOIN master ON master.designated_no = withheld.designated_no
LEFT JOIN addressee_of_year AS addressee ON addressee.taxpayer_no = newest.taxpayer_no
LEFT JOIN person_of_year AS person ON person.taxpayer_no = newest.taxpayer_no
WHERE told.version IS DISTINCT FROM newest.version
ORDER BY withheld.payer_no, withheld.employee_no, newest.taxpayer_no
