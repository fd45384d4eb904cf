-- tax_return: what each accepted 確定申告書 declares, under the names of tax_base; an empty amount is 0. What KOA020 has no reliable
-- carrier for is 0 here and listed in the layout (schemas/intake/income_tax_return/koa020_23_0.yaml).
-- The housing loan credit of the form may be more than the tax that it is taken from; what was credited is no more than that tax.
-- Dependants are counted from the relatives by age (所法2①三十三〜三十四の四): of 19 to 22, of 70 and over, of them parents at home.
SELECT
  accepted.document_no,
  record.return_kind,
  CASE WHEN record.return_kind = 'corrected' THEN record.notified_day ELSE record.filed_on END AS filed_on,
  CASE WHEN record.channel_code = '2' THEN 'paper' ELSE 'electronic' END AS channel,
  record.receipt_no,
  coalesce(record.blue_return = '2', false) AS blue_return,
  coalesce(record.total_income_yen, 0) AS total_income_yen,
  coalesce(record.deductions_yen, 0) AS deductions_yen,
  coalesce(record.employment_paid_yen, 0) AS employment_paid_yen,
  coalesce(record.social_insurance_yen, 0) AS social_insurance_yen,
  coalesce(record.small_enterprise_yen, 0) AS small_enterprise_yen,
  coalesce(record.premium_yen[1], 0) AS new_general_premium_yen,
  coalesce(record.premium_yen[2], 0) AS old_general_premium_yen,
  coalesce(record.premium_yen[3], 0) AS care_premium_yen,
  coalesce(record.premium_yen[4], 0) AS new_pension_premium_yen,
  coalesce(record.premium_yen[5], 0) AS old_pension_premium_yen,
  coalesce(record.premium_yen[6], 0) AS earthquake_premium_yen,
  coalesce(record.premium_yen[7], 0) AS old_long_term_premium_yen,
  record.life_premiums_as_reported,
  record.earthquake_premiums_as_reported,
  coalesce(record.spouse_deduction_yen > 0, false) OR coalesce(record.spouse_same_household = '2', false)
    OR coalesce(record.spouse_name IS NOT NULL AND coalesce(record.spouse_adjustment <> '2', true), false) AS has_spouse,
  coalesce(batch.income_year - year(record.spouse_born_on - 1) >= 70, false) AS spouse_elderly,
  len(list_filter(record.relatives, lambda one: one.dependant AND one.age BETWEEN 19 AND 22)) AS dependant_specific_count,
  len(list_filter(record.relatives, lambda one: one.dependant AND one.age >= 70)) AS dependant_elderly_count,
  len(list_filter(record.relatives, lambda one: one.dependant AND one.age >= 70 AND NOT one.apart
    AND coalesce(regexp_matches(one.relationship, '父|母'), false))) AS dependant_elderly_parent_count,
  len(list_filter(record.relatives, lambda one: one.dependant
    AND NOT coalesce(one.age BETWEEN 19 AND 22 OR one.age >= 70, false))) AS dependant_other_count,
  len(list_filter(record.relatives, lambda one: one.counted AND one.child)) AS dependant_under_16_count,
  len(list_filter(record.relatives, lambda one: one.counted AND one.disability = 'special'))
    + coalesce(record.spouse_special_disability = '2', false)::BIGINT AS disability_special_count,
  len(list_filter(record.relatives, lambda one: one.counted AND one.disability = 'special' AND NOT one.apart))
    + coalesce(record.spouse_special_disability = '2' AND coalesce(record.spouse_apart <> '2', true), false)::BIGINT
    AS disability_special_living_together_count,
  len(list_filter(record.relatives, lambda one: one.counted AND one.disability = 'ordinary'))
    + coalesce(record.spouse_ordinary_disability = '2' AND coalesce(record.spouse_special_disability <> '2', true), false)::BIGINT
    AS disability_other_count,
  CASE
    WHEN record.self_special_disability = '2' THEN 'special'
    WHEN record.self_ordinary_disability = '2' THEN 'ordinary'
    ELSE 'none'
  END AS self_disability,
  coalesce(record.widow = '2', false) AS widow,
  coalesce(record.single_parent = '2', false) AS single_parent,
  coalesce(record.working_student = '2', false) AS working_student,
  least(
    coalesce(record.housing_loan_credit_yen, 0),
    greatest(coalesce(record.income_tax_yen - coalesce(record.dividend_credit_yen, 0), record.housing_loan_credit_yen, 0), 0)
  ) AS housing_loan_credit_yen,
  coalesce(record.housing_loan_credit_yen, 0) AS housing_loan_creditable_yen,
  NULL::DATE AS housing_moved_in_on,
  coalesce(record.pension_paid_yen, 0) AS pension_paid_yen,
  coalesce(record.business_yen, 0) AS business_yen,
  coalesce(record.farming_yen, 0) AS farming_yen,
  coalesce(record.real_estate_yen, 0) AS real_estate_yen,
  0 AS real_estate_land_interest_yen,
  CASE WHEN record.dividend_credit_yen > 0 THEN coalesce(record.dividend_yen, 0) ELSE 0 END AS ordinary_dividend_yen,
  0 AS investment_trust_dividend_yen,
  0 AS foreign_currency_dividend_yen,
  CASE WHEN record.dividend_credit_yen > 0 THEN 0 ELSE coalesce(record.dividend_yen, 0) END AS other_dividend_yen,
  coalesce(record.miscellaneous_business_yen, 0) AS miscellaneous_business_yen,
  coalesce(record.miscellaneous_yen, 0) AS miscellaneous_yen,
  coalesce(record.this_year_occasional_yen, record.occasional_gain_yen, 0) AS occasional_gain_yen,
  coalesce(record.this_year_capital_short_yen, record.capital_short_yen, 0) AS capital_short_yen,
  coalesce(record.this_year_capital_long_yen, record.capital_long_yen, 0) AS capital_long_yen,
  coalesce(record.this_year_forestry_yen, record.forestry_yen, 0) AS forestry_yen,
  coalesce(record.this_year_retirement_yen, record.retirement_yen, 0) AS declared_retirement_income_yen,
  record.land_short_yen,
  record.land_short_public_yen,
  record.land_long_yen,
  record.land_long_excellent_yen,
  record.land_long_residence_yen,
  record.land_short_special_deduction_yen,
  record.land_short_public_special_deduction_yen,
  record.land_long_special_deduction_yen,
  record.land_long_excellent_special_deduction_yen,
  record.land_long_residence_special_deduction_yen,
  coalesce(record.this_year_general_shares_yen, record.general_shares_yen, 0) AS general_shares_yen,
  coalesce(record.this_year_listed_shares_yen, record.listed_shares_yen, 0) AS listed_shares_yen,
  coalesce(record.this_year_listed_dividend_yen, record.listed_dividend_yen, 0) AS listed_dividend_yen,
  coalesce(record.this_year_futures_yen, record.futures_yen, 0) AS futures_yen,
  CASE WHEN record.loss_sheet_yen IS NULL THEN coalesce(record.carried_loss_yen, 0) ELSE coalesce(record.net_loss_yen, 0) END
    AS loss_carried_forward_yen,
  coalesce(record.casualty_carried_yen, 0) AS casualty_loss_carried_yen,
  coalesce(record.shares_loss_carried_yen, record.loss_sheet_shares_yen, 0)
    + coalesce(record.listed_dividend_loss_carried_yen, record.loss_sheet_dividend_yen, 0) AS listed_shares_loss_carried_yen,
  coalesce(record.futures_loss_carried_yen, record.loss_sheet_futures_yen, 0) AS futures_loss_carried_yen,
  coalesce(record.residence_loss_yen, 0) AS residence_loss_carried_yen,
  0 AS medical_expense_yen,
  0 AS self_medication_expense_yen,
  CASE WHEN record.medical_kind IS NULL THEN record.medical_deduction_yen END AS declared_medical_deduction_yen,
  CASE WHEN record.medical_kind = '1' THEN record.medical_deduction_yen END AS declared_self_medication_deduction_yen,
  greatest(coalesce(record.casualty_loss_yen, 0) - coalesce(record.casualty_compensation_yen, 0), 0) AS casualty_loss_yen,
  coalesce(record.disaster_expense_yen, 0) AS disaster_expense_yen,
  coalesce(record.furusato_yen, 0) AS furusato_yen,
  coalesce(record.donation_both_yen, 0) AS donation_both_yen,
  coalesce(record.donation_city_yen, 0) AS donation_city_yen,
  coalesce(record.donation_prefecture_yen, 0) AS donation_prefecture_yen,
  0 AS foreign_tax_yen,
  0 AS foreign_tax_national_limit_yen,
  coalesce(record.dividend_levy_yen, 0) + coalesce(record.share_gain_levy_yen, 0) AS withheld_levy_yen,
  coalesce(record.spouse_abroad = '2', false) AS spouse_abroad,
  false AS housing_higher_cap,
  coalesce(record.other_income_collection = '2', false) AS non_employment_ordinary,
  coalesce(record.taxable_gross_yen, record.taxable_yen) + coalesce(record.taxable_forestry_yen, 0)
    + coalesce(record.taxable_retirement_yen, 0) AS income_tax_taxable_yen,
  record.spouse_total_income_yen,
  record.spouse_born_on
FROM accepted
CROSS JOIN batch
JOIN record USING (row_no)
ORDER BY accepted.document_no
