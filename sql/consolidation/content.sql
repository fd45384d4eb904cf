-- What documents say of every taxpayer who has some, or had some when last consolidated (then all is zero), or has a house or an office
-- here, or whom an officer's supplement (補記) concerns; the supplements go over it (pipelines/consolidation/supplements.py). Who turns out
-- not to have lived here on 1 January has a base without residence.
-- `filed` is the return that decides; whoever has one is taxed by what it says (法315), and what it says is never blank. Else
-- wages and pensions add up: `main` is the report that went through the year-end adjustment: premiums and the housing loan
-- credit stand there alone; `relative` is what is claimed for spouse and dependants (by the
-- return, too) less those whom an officer denied. `withholder` is the payer who withholds (法321の3,
-- 321の4), return or not.
-- A spouse for whom only 配偶者特別控除 is claimed is not "有" in item 23: the deduction (item 25) shows that there is one.
-- The report counts disabled relatives without saying who they are: spouse_disability stays none, the counts hold the spouse.
-- A wage report gives the deduction for earthquake insurance (item 39), the local one needs the premium: what is left of the
-- income tax deduction after that for 旧長期損害保険 is the earthquake premium (in full up to the limit, 所法77).
-- The housing loan credit stands in no resident tax return: whoever filed only that keeps what the employer credited (`final`).
-- ひとり親 is father or mother by the register's sex (the difference of personal deductions depends on it, 法314の6).
SELECT
  CAST($fiscal_year AS INTEGER) AS fiscal_year,
  resident.taxpayer_no,
  coalesce(total.document_nos, []) AS document_nos,
  resident.resident,
  resident.born_on,
  resident.sex,
  resident.ward_code,
  resident.public_assistance,
  coalesce(filed.employment_paid_yen, total.employment_paid_yen, 0) AS employment_paid_yen,
  greatest(coalesce(total.employment_payer_count, 0), CAST(coalesce(filed.employment_paid_yen > 0, false) AS INTEGER))
    AS employment_payer_count,
  coalesce(filed.social_insurance_yen, total.social_insurance_yen, 0) AS social_insurance_yen,
  coalesce(filed.small_enterprise_yen, total.small_enterprise_yen, 0) AS small_enterprise_yen,
  coalesce(filed.new_general_premium_yen, main.new_general_premium_yen, 0) AS new_general_premium_yen,
  coalesce(filed.old_general_premium_yen, main.old_general_premium_yen, 0) AS old_general_premium_yen,
  coalesce(filed.care_premium_yen, main.care_premium_yen, 0) AS care_premium_yen,
  coalesce(filed.new_pension_premium_yen, main.new_pension_premium_yen, 0) AS new_pension_premium_yen,
  coalesce(filed.old_pension_premium_yen, main.old_pension_premium_yen, 0) AS old_pension_premium_yen,
  coalesce(
    filed.earthquake_premium_yen,
    greatest(
      main.earthquake_insurance_deduction_yen - t_income_tax_old_long_term_insurance(main.old_long_term_premium_yen),
      0
    ),
    0
  ) AS earthquake_premium_yen,
  coalesce(filed.old_long_term_premium_yen, main.old_long_term_premium_yen, 0) AS old_long_term_premium_yen,
  coalesce(relative.has_spouse, false) AS has_spouse,
  spouse.spouse_taxpayer_no,
  coalesce(relative.spouse_total_income_yen, 0) AS spouse_total_income_yen,
  coalesce(relative.spouse_elderly, false) AS spouse_elderly,
  'none' AS spouse_disability,
  coalesce(spouse.same_household, false) AS spouse_living_together,
  coalesce(relative.dependant_specific_count, 0) AS dependant_specific_count,
  coalesce(relative.dependant_elderly_count, 0) AS dependant_elderly_count,
  coalesce(relative.dependant_elderly_parent_count, 0)
    AS dependant_elderly_parent_count,
  coalesce(relative.dependant_other_count, 0) AS dependant_other_count,
  coalesce(relative.dependant_under_16_count, 0) AS dependant_under_16_count,
  coalesce(relative.disability_special_count, 0) AS disability_special_count,
  coalesce(relative.disability_special_living_together_count, 0)
    AS disability_special_living_together_count,
  coalesce(relative.disability_other_count, 0) AS disability_other_count,
  coalesce(filed.self_disability, total.self_disability, 'none') AS self_disability,
  coalesce(filed.widow, total.widow, false) AS widow,
  CASE
    WHEN NOT coalesce(filed.single_parent, total.single_parent, false) THEN 'none'
    WHEN resident.sex = 'male' THEN 'father'
    ELSE 'mother'
  END AS single_parent,
  coalesce(filed.working_student, total.working_student, false) AS working_student,
  filed.document_no IS NULL AND coalesce(total.treaty_exempt, false) AS treaty_exempt,
  coalesce(final.housing_loan_credit_yen, main.housing_loan_credit_yen, 0) AS housing_loan_credit_yen,
  coalesce(final.housing_loan_creditable_yen, main.housing_loan_creditable_yen, 0) AS housing_loan_creditable_yen,
  coalesce(filed.housing_moved_in_on, main.housing_moved_in_on) AS housing_moved_in_on,
  CASE WHEN withholder.document_no IS NULL THEN 'ordinary' ELSE 'employment' END AS collection_method,
  nullif(withholder.payer_designated_no, '') AS payer_designated_no,
  withholder.document_no AS payer_document_no,
  coalesce(filed.pension_paid_yen, total.pension_paid_yen, 0) AS pension_paid_yen,
  coalesce(filed.business_yen, 0) AS business_yen,
  coalesce(filed.farming_yen, 0) AS farming_yen,
  coalesce(filed.real_estate_yen, 0) AS real_estate_yen,
  coalesce(filed.real_estate_land_interest_yen, 0) AS real_estate_land_interest_yen,
  coalesce(filed.ordinary_dividend_yen, 0) AS ordinary_dividend_yen,
  coalesce(filed.investment_trust_dividend_yen, 0) AS investment_trust_dividend_yen,
  coalesce(filed.foreign_currency_dividend_yen, 0) AS foreign_currency_dividend_yen,
  coalesce(filed.other_dividend_yen, 0) AS other_dividend_yen,
  coalesce(filed.miscellaneous_business_yen, 0) AS miscellaneous_business_yen,
  coalesce(filed.miscellaneous_yen, 0) AS miscellaneous_yen,
  coalesce(filed.occasional_gain_yen, 0) AS occasional_gain_yen,
  coalesce(filed.capital_short_yen, 0) AS capital_short_yen,
  coalesce(filed.capital_long_yen, 0) AS capital_long_yen,
  coalesce(filed.forestry_yen, 0) AS forestry_yen,
  coalesce(filed.declared_retirement_income_yen, 0) AS declared_retirement_income_yen,
  coalesce(filed.land_short_yen, 0) AS land_short_yen,
  coalesce(filed.land_short_public_yen, 0) AS land_short_public_yen,
  coalesce(filed.land_long_yen, 0) AS land_long_yen,
  coalesce(filed.land_long_excellent_yen, 0) AS land_long_excellent_yen,
  coalesce(filed.land_long_residence_yen, 0) AS land_long_residence_yen,
  coalesce(filed.land_short_special_deduction_yen, 0) AS land_short_special_deduction_yen,
  coalesce(filed.land_short_public_special_deduction_yen, 0) AS land_short_public_special_deduction_yen,
  coalesce(filed.land_long_special_deduction_yen, 0) AS land_long_special_deduction_yen,
  coalesce(filed.land_long_excellent_special_deduction_yen, 0) AS land_long_excellent_special_deduction_yen,
  coalesce(filed.land_long_residence_special_deduction_yen, 0) AS land_long_residence_special_deduction_yen,
  coalesce(filed.general_shares_yen, 0) AS general_shares_yen,
  coalesce(filed.listed_shares_yen, 0) AS listed_shares_yen,
  coalesce(filed.listed_dividend_yen, 0) AS listed_dividend_yen,
  coalesce(filed.futures_yen, 0) AS futures_yen,
  coalesce(filed.loss_carried_forward_yen, 0) AS loss_carried_forward_yen,
  coalesce(filed.casualty_loss_carried_yen, 0) AS casualty_loss_carried_yen,
  coalesce(filed.listed_shares_loss_carried_yen, 0) AS listed_shares_loss_carried_yen,
  coalesce(filed.futures_loss_carried_yen, 0) AS futures_loss_carried_yen,
  coalesce(filed.residence_loss_carried_yen, 0) AS residence_loss_carried_yen,
  coalesce(expense.medical_expense_yen, 0) AS medical_expense_yen,
  coalesce(expense.self_medication_expense_yen, 0) AS self_medication_expense_yen,
  coalesce(filed.casualty_loss_yen, 0) AS casualty_loss_yen,
  coalesce(filed.disaster_expense_yen, 0) AS disaster_expense_yen,
  coalesce(filed.furusato_yen, 0) + coalesce(total.one_stop_donated_yen, 0) AS furusato_yen,
  coalesce(filed.donation_both_yen, 0) AS donation_both_yen,
  coalesce(filed.donation_city_yen, 0) AS donation_city_yen,
  coalesce(filed.donation_prefecture_yen, 0) AS donation_prefecture_yen,
  coalesce(filed.foreign_tax_yen, 0) AS foreign_tax_yen,
  coalesce(filed.foreign_tax_national_limit_yen, 0) AS foreign_tax_national_limit_yen,
  coalesce(filed.withheld_levy_yen, 0) AS withheld_levy_yen,
  0 AS previous_pension_tax_yen,
  coalesce(total.one_stop_donated_yen > 0, false) AS one_stop,
  coalesce(relative.spouse_abroad, false) AS spouse_abroad,
  coalesce(filed.housing_higher_cap, false) AS housing_higher_cap,
  coalesce(filed.non_employment_ordinary, false) AS non_employment_ordinary,
  false AS pension_first_year,
  coalesce(house.house_count, 0) AS house_count,
  relative.spouse_born_on,
  filed.income_tax_taxable_yen,
  coalesce(specific.specific_relative_special_yen, 0) AS specific_relative_special_yen
FROM taxable_person AS resident
LEFT JOIN house_of_year AS house USING (taxpayer_no)
LEFT JOIN taxpayer_sum AS total USING (taxpayer_no)
LEFT JOIN counted_report AS main ON main.taxpayer_no = total.taxpayer_no AND main.place = 1
LEFT JOIN standing_claim AS relative ON relative.taxpayer_no = total.taxpayer_no
LEFT JOIN decisive_return AS filed ON filed.taxpayer_no = total.taxpayer_no
LEFT JOIN decisive_return AS final ON final.taxpayer_no = total.taxpayer_no AND final.return_kind <> 'resident'
LEFT JOIN counted_report AS withholder
  ON withholder.taxpayer_no = total.taxpayer_no AND withholder.place = total.withholding_place
LEFT JOIN returned_expense AS expense ON expense.taxpayer_no = total.taxpayer_no
LEFT JOIN spouse ON spouse.taxpayer_no = total.taxpayer_no
LEFT JOIN specific_relative_special AS specific ON specific.taxpayer_no = total.taxpayer_no
