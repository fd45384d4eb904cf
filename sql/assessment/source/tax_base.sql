-- 課税標準の元資料（tax_base の最新版）
-- What the ledger knows of a person, in the shape that every chain starts from (pipelines/assessment/person.py).
-- A wage report counts 同居老親等 and 同居特別障害者 inside 老人 and 特別障害者 (項目29・34: 上の内訳); here they stand apart.
-- What only a case gives is neutral here; trial_levy holds the trials (pipelines/assessment/trial.py).
-- The spouse of a wage report is inside its counts of disabled relatives, unless spouse_disability says more.
SELECT
  base.fiscal_year,
  base.taxpayer_no,
  base.ward_code,
  base.tax_base_version,
  base.resident,
  base.born_on,
  base.public_assistance,
  base.self_disability,
  base.widow,
  base.single_parent,
  base.working_student,
  base.treaty_exempt,
  base.employment_paid_yen,
  NULL::BIGINT AS employment_net_yen,
  base.pension_paid_yen,
  NULL::BIGINT AS pension_net_yen,
  base.business_yen,
  base.farming_yen,
  base.real_estate_yen,
  base.real_estate_land_interest_yen,
  base.ordinary_dividend_yen,
  base.investment_trust_dividend_yen,
  base.foreign_currency_dividend_yen,
  base.other_dividend_yen,
  base.miscellaneous_business_yen,
  base.miscellaneous_yen,
  base.occasional_gain_yen,
  base.capital_short_yen,
  base.capital_long_yen,
  base.forestry_yen,
  base.declared_retirement_income_yen,
  base.land_short_yen,
  base.land_short_public_yen,
  base.land_long_yen,
  base.land_long_excellent_yen,
  base.land_long_residence_yen,
  base.land_short_special_deduction_yen,
  base.land_short_public_special_deduction_yen,
  base.land_long_special_deduction_yen,
  base.land_long_excellent_special_deduction_yen,
  base.land_long_residence_special_deduction_yen,
  base.general_shares_yen,
  base.listed_shares_yen,
  base.listed_dividend_yen,
  base.futures_yen,
  base.loss_carried_forward_yen,
  base.casualty_loss_carried_yen,
  base.listed_shares_loss_carried_yen,
  base.futures_loss_carried_yen,
  base.residence_loss_carried_yen,
  base.medical_expense_yen,
  base.self_medication_expense_yen,
  base.casualty_loss_yen,
  base.disaster_expense_yen,
  base.furusato_yen,
  base.donation_both_yen,
  base.donation_city_yen,
  base.donation_prefecture_yen,
  base.one_stop,
  base.foreign_tax_yen,
  base.foreign_tax_national_limit_yen,
  base.withheld_levy_yen,
  base.house_count,
  base.social_insurance_yen,
  base.small_enterprise_yen,
  base.new_general_premium_yen,
  base.old_general_premium_yen,
  base.care_premium_yen,
  base.new_pension_premium_yen,
  base.old_pension_premium_yen,
  base.earthquake_premium_yen,
  base.old_long_term_premium_yen,
  base.has_spouse,
  base.spouse_taxpayer_no,
  base.spouse_total_income_yen,
  base.spouse_elderly,
  base.spouse_born_on,
  base.spouse_disability,
  base.spouse_living_together,
  base.spouse_abroad,
  base.dependant_other_count AS declared_general_count,
  base.dependant_specific_count AS declared_specific_count,
  greatest(base.dependant_elderly_count - base.dependant_elderly_parent_count, 0) AS declared_elderly_count,
  base.dependant_elderly_parent_count AS declared_elderly_parent_count,
  base.dependant_under_16_count AS declared_under_16_count,
  base.disability_other_count AS declared_disabled_count,
  greatest(base.disability_special_count - base.disability_special_living_together_count, 0)
    AS declared_special_disabled_count,
  base.disability_special_living_together_count AS declared_special_living_together_count,
  base.specific_relative_special_yen AS declared_specific_relative_special_yen,
  greatest(base.housing_loan_creditable_yen - base.housing_loan_credit_yen, 0) AS housing_unused_credit_yen,
  base.income_tax_taxable_yen,
  base.housing_moved_in_on,
  base.housing_higher_cap,
  trial.without_pension_levy_yen,
  trial.without_pension_unreduced_levy_yen,
  trial.wages_only_levy_yen,
  trial.wages_only_unreduced_levy_yen,
  base.non_employment_ordinary,
  base.previous_pension_tax_yen,
  base.pension_first_year,
  -- What a later 賦課年度 levies for the first time is nobody's to withhold (法321条の5①: 翌年五月まで).
  CASE WHEN fiscal_year_is_over(getvariable('pinned_as_of')) AND coalesce(decided.collection_method, 'ordinary') = 'ordinary'
       THEN 'ordinary' ELSE base.collection_method END AS collection_method,
  base.payer_designated_no,
  base.payer_document_no,
  withholding_month(p_fiscal_year(), getvariable('pinned_as_of')) - 1 AS months_past,
  coalesce(decided.withholding_instalments_yen, []) AS earlier_months_yen,
  getvariable('pinned_as_of') AS decided_on,
  ordinary_due_on() AS bills_due_on,
  coalesce(decided.ordinary_instalments_yen, []) AS earlier_bills_yen,
  coalesce(decided.pension_provisional_yen, []) AS earlier_provisional_yen,
  coalesce(decided.pension_final_yen, []) AS earlier_final_yen,
  new_income_tax.taxpayer_no IS NOT NULL AS income_tax_changed
FROM pinned_tax_base AS base
JOIN (
  SELECT fiscal_year, taxpayer_no, max(tax_base_version) AS tax_base_version
  FROM pinned_tax_base
  GROUP BY fiscal_year, taxpayer_no
) AS latest USING (fiscal_year, taxpayer_no, tax_base_version)
LEFT JOIN trial_levy AS trial ON trial.taxpayer_no = base.taxpayer_no
LEFT JOIN (
  SELECT
    taxpayer_no,
    ward_code,
    collection_method,
    ordinary_instalments_yen,
    withholding_instalments_yen,
    pension_provisional_yen,
    pension_final_yen
  FROM pinned_assessment
  JOIN (
    SELECT fiscal_year, taxpayer_no, ward_code, max(version) AS version
    FROM pinned_assessment
    WHERE fiscal_year = p_fiscal_year()
    GROUP BY fiscal_year, taxpayer_no, ward_code
  ) AS last USING (fiscal_year, taxpayer_no, ward_code, version)
) AS decided ON decided.taxpayer_no = base.taxpayer_no AND decided.ward_code = base.ward_code
LEFT JOIN new_income_tax ON new_income_tax.taxpayer_no = base.taxpayer_no
WHERE base.fiscal_year = p_fiscal_year()
