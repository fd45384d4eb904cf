-- The base of every taxpayer who has reports, or had some when last consolidated (then all is zero).
-- `main` is the report that went through the year-end adjustment: premiums and the housing loan credit stand there alone.
-- `relative` speaks for spouse and dependants, `withholder` is the payer who withholds (法321の3, 321の4).
-- A spouse for whom only 配偶者特別控除 is claimed is not "有" in item 23: the deduction (item 25) shows that there is one.
-- The report counts disabled relatives without saying who they are: spouse_disability stays none, the counts hold the spouse.
-- A wage report gives the deduction for earthquake insurance (item 39), the local one needs the premium: what is left of the
-- income tax deduction after that for 旧長期損害保険 is the earthquake premium (in full up to the limit, 所法77).
-- ひとり親 is father or mother by the register's sex (the difference of personal deductions depends on it, 法314の6).
SELECT
  CAST($fiscal_year AS INTEGER) AS fiscal_year,
  resident.taxpayer_no,
  coalesce(total.document_nos, []) AS document_nos,
  true AS resident,
  resident.born_on,
  resident.sex,
  resident.ward_code,
  resident.public_assistance,
  coalesce(total.employment_paid_yen, 0) AS employment_paid_yen,
  coalesce(total.employment_payer_count, 0) AS employment_payer_count,
  coalesce(total.social_insurance_yen, 0) AS social_insurance_yen,
  coalesce(total.small_enterprise_yen, 0) AS small_enterprise_yen,
  coalesce(main.new_general_premium_yen, 0) AS new_general_premium_yen,
  coalesce(main.old_general_premium_yen, 0) AS old_general_premium_yen,
  coalesce(main.care_premium_yen, 0) AS care_premium_yen,
  coalesce(main.new_pension_premium_yen, 0) AS new_pension_premium_yen,
  coalesce(main.old_pension_premium_yen, 0) AS old_pension_premium_yen,
  coalesce(
    greatest(
      main.earthquake_insurance_deduction_yen - t_income_tax_old_long_term_insurance(main.old_long_term_premium_yen),
      0
    ),
    0
  ) AS earthquake_premium_yen,
  coalesce(main.old_long_term_premium_yen, 0) AS old_long_term_premium_yen,
  coalesce(relative.has_spouse OR relative.spouse_deduction_yen > 0, false) AS has_spouse,
  spouse.spouse_taxpayer_no,
  coalesce(relative.spouse_total_income_yen, 0) AS spouse_total_income_yen,
  coalesce(relative.spouse_elderly, false) AS spouse_elderly,
  'none' AS spouse_disability,
  coalesce(spouse.same_household, false) AS spouse_living_together,
  coalesce(relative.dependant_specific_count, 0) AS dependant_specific_count,
  coalesce(relative.dependant_elderly_count, 0) AS dependant_elderly_count,
  coalesce(relative.dependant_elderly_parent_count, 0) AS dependant_elderly_parent_count,
  coalesce(relative.dependant_other_count, 0) AS dependant_other_count,
  coalesce(relative.dependant_under_16_count, 0) AS dependant_under_16_count,
  coalesce(relative.disability_special_count, 0) AS disability_special_count,
  coalesce(relative.disability_special_living_together_count, 0) AS disability_special_living_together_count,
  coalesce(relative.disability_other_count, 0) AS disability_other_count,
  coalesce(total.self_disability, 'none') AS self_disability,
  coalesce(total.widow, false) AS widow,
  CASE
    WHEN NOT coalesce(total.single_parent, false) THEN 'none'
    WHEN resident.sex = 'male' THEN 'father'
    ELSE 'mother'
  END AS single_parent,
  coalesce(total.working_student, false) AS working_student,
  coalesce(total.treaty_exempt, false) AS treaty_exempt,
  coalesce(main.housing_loan_credit_yen, 0) AS housing_loan_credit_yen,
  coalesce(main.housing_loan_creditable_yen, 0) AS housing_loan_creditable_yen,
  main.housing_moved_in_on,
  CASE WHEN withholder.document_no IS NULL THEN 'ordinary' ELSE 'employment' END AS collection_method,
  nullif(withholder.payer_designated_no, '') AS payer_designated_no,
  withholder.document_no AS payer_document_no,
  -- brought by documents that are not taken in yet
  0 AS pension_paid_yen,
  0 AS business_yen,
  0 AS farming_yen,
  0 AS real_estate_yen,
  0 AS real_estate_land_interest_yen,
  0 AS ordinary_dividend_yen,
  0 AS investment_trust_dividend_yen,
  0 AS foreign_currency_dividend_yen,
  0 AS other_dividend_yen,
  0 AS miscellaneous_business_yen,
  0 AS miscellaneous_yen,
  0 AS occasional_gain_yen,
  0 AS capital_short_yen,
  0 AS capital_long_yen,
  0 AS forestry_yen,
  0 AS declared_retirement_income_yen,
  0 AS land_short_yen,
  0 AS land_short_public_yen,
  0 AS land_long_yen,
  0 AS land_long_excellent_yen,
  0 AS land_long_residence_yen,
  0 AS land_short_special_deduction_yen,
  0 AS land_short_public_special_deduction_yen,
  0 AS land_long_special_deduction_yen,
  0 AS land_long_excellent_special_deduction_yen,
  0 AS land_long_residence_special_deduction_yen,
  0 AS general_shares_yen,
  0 AS listed_shares_yen,
  0 AS listed_dividend_yen,
  0 AS futures_yen,
  0 AS loss_carried_forward_yen,
  0 AS casualty_loss_carried_yen,
  0 AS listed_shares_loss_carried_yen,
  0 AS futures_loss_carried_yen,
  0 AS residence_loss_carried_yen,
  0 AS medical_expense_yen,
  0 AS self_medication_expense_yen,
  0 AS casualty_loss_yen,
  0 AS disaster_expense_yen,
  0 AS furusato_yen,
  0 AS donation_both_yen,
  0 AS donation_city_yen,
  0 AS donation_prefecture_yen,
  0 AS foreign_tax_yen,
  0 AS foreign_tax_national_limit_yen,
  0 AS withheld_levy_yen,
  0 AS previous_pension_tax_yen,
  FALSE AS one_stop,
  FALSE AS spouse_abroad,
  FALSE AS housing_higher_cap,
  FALSE AS non_employment_ordinary,
  FALSE AS pension_first_year,
  0 AS house_count,
  NULL AS spouse_born_on,
  NULL AS income_tax_taxable_yen
FROM resident_of_year AS resident
SEMI JOIN (
  SELECT taxpayer_no FROM taxpayer_sum
  UNION
  SELECT taxpayer_no FROM tax_base_of_year
) AS person USING (taxpayer_no)
LEFT JOIN taxpayer_sum AS total USING (taxpayer_no)
LEFT JOIN counted_report AS main ON main.taxpayer_no = total.taxpayer_no AND main.place = 1
LEFT JOIN counted_report AS relative
  ON relative.taxpayer_no = total.taxpayer_no AND relative.place = total.relatives_place
LEFT JOIN counted_report AS withholder
  ON withholder.taxpayer_no = total.taxpayer_no AND withholder.place = total.withholding_place
LEFT JOIN spouse ON spouse.taxpayer_no = total.taxpayer_no
