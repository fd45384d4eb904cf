-- 確定申告書: the named columns over which the suite's rules speak. Counts and flags only where a rule needs no value.
SELECT
  record.row_no,
  record.file_no,
  record.record_no,
  record.edition,
  record.amount_yen,
  missing_items, malformed_items, unknown_code_items, too_long_items, unverified_width_items, number_in_text_items,
  bad_check_digit_items, malformed_number_items,
  len(missing_items) AS missing_count,
  len(malformed_items) AS malformed_count,
  len(unknown_code_items) AS unknown_code_count,
  len(too_long_items) AS too_long_count,
  len(unverified_width_items) AS unverified_width_count,
  len(number_in_text_items) AS number_in_text_count,
  len(bad_check_digit_items) AS bad_check_digit_count,
  len(malformed_number_items) AS malformed_number_count,
  -- Every filing since 2019 is of a year of 令和: another era never is this income year.
  CASE WHEN return_era = '5' THEN return_year ELSE coalesce(-return_year, 0) END AS return_year,
  batch.era_year AS batch_era_year,
  coalesce(list_contains(batch.city_codes, city_code), true) AS addressed_here,
  born_on IS NOT NULL OR born_era IS NULL OR born_year IS NULL OR born_month IS NULL OR born_day IS NULL
    AS born_on_possible,
  year(born_on) AS born_in_year,
  batch.income_year,
  filed_on IS NOT NULL OR filed_era IS NULL OR filed_year IS NULL OR filed_month IS NULL OR filed_day IS NULL
    AS filed_on_possible,
  (spouse_born_on IS NOT NULL OR spouse_born_era IS NULL)
    AND list_bool_and(list_transform(relatives, lambda one: one.born_on_possible)) IS DISTINCT FROM false
    AS relatives_born_on_possible,
  return_kind <> 'corrected' OR notified_day IS NOT NULL AS notified,
  total_income_yen,
  deductions_yen,
  coalesce(casualty_deduction_yen, 0) + coalesce(medical_deduction_yen, 0) + coalesce(social_insurance_yen, 0)
    + coalesce(small_enterprise_yen, 0) + coalesce(life_insurance_deduction_yen, 0)
    + coalesce(earthquake_insurance_deduction_yen, 0) + coalesce(donation_deduction_yen, 0)
    + coalesce(widow_deduction_yen, 0) + coalesce(student_and_disability_deduction_yen, 0)
    + coalesce(spouse_deduction_yen, 0) + coalesce(dependant_deduction_yen, 0)
    + coalesce(specific_relative_deduction_yen, 0) + coalesce(basic_deduction_yen, 0) AS deductions_sum_yen,
  loss_sheets IS NULL AND coalesce(loss_return <> '2', true) AS without_loss_sheets,
  unlisted IS NULL AS all_listed,
  coalesce(interest_yen, 0) = 0 AS without_interest,
  coalesce(small_dividend_yen, 0) = 0 AS without_small_dividend,
  coalesce(dividend_yen, 0) = 0 OR coalesce(dividend_credit_yen, 0) <> 0 AS dividend_with_credit,
  coalesce(carried_loss_yen, 0) = 0 OR loss_sheet_yen IS NOT NULL AS carried_loss_split,
  coalesce(carried_loss_yen = loss_sheet_yen, true) AS loss_sheet_agrees,
  coalesce(foreign_tax_credit_yen, 0) = 0 AS without_foreign_tax,
  coalesce(medical_deduction_yen, 0) = 0 AS without_medical,
  coalesce(housing_loan_credit_yen, 0) = 0 AS without_housing_loan,
  NOT gain_unknown
    AND (coalesce(capital_and_occasional_yen, 0) = 0
      OR coalesce(this_year_capital_short_yen, this_year_capital_long_yen, this_year_occasional_yen, capital_short_yen,
        capital_long_yen, occasional_gain_yen) IS NOT NULL) AS gains_detailed,
  -- Where two sheets tell of the same income: 第二表・第三表, and 第四表（一）, which is taken.
  coalesce(this_year_capital_short_yen = capital_short_yen, true)
    AND coalesce(this_year_capital_long_yen = capital_long_yen, true)
    AND coalesce(this_year_occasional_yen = occasional_gain_yen, true)
    AND coalesce(this_year_forestry_yen = forestry_yen, true)
    AND coalesce(this_year_retirement_yen = retirement_yen, true)
    AND coalesce(this_year_general_shares_yen = general_shares_yen, true)
    AND coalesce(this_year_listed_shares_yen = listed_shares_yen, true)
    AND coalesce(this_year_listed_dividend_yen = listed_dividend_yen, true)
    AND coalesce(this_year_futures_yen = futures_yen, true) AS this_year_agrees,
  land_agrees,
  coalesce(separate_taxation = '2', false) OR (
    coalesce(general_shares_yen, listed_shares_yen, listed_dividend_yen, futures_yen) IS NULL
    AND land_agrees AND coalesce(land_short_income_yen, land_short_public_income_yen, land_long_income_yen,
      land_long_excellent_income_yen, land_long_residence_income_yen) IS NULL) AS separate_as_ticked,
  premium_text_count = 0 AS premiums_in_yen,
  NOT coalesce(list_bool_or(list_transform(relatives, lambda one: one.specific_relative)), false)
    AS without_specific_relative,
  NOT coalesce(list_bool_or(list_transform(relatives, lambda one: one.child AND coalesce(one.age >= 16, false))), false)
    AS under_16_by_birthday,
  NOT (coalesce(self_special_disability = '2', false) AND coalesce(self_ordinary_disability = '2', false))
    AS self_disability_consistent,
  NOT (coalesce(widow = '2', false) AND coalesce(single_parent = '2', false)) AS widow_consistent,
  list_sum(list_transform(payers, lambda one: coalesce(one.paid_yen, 0)))::BIGINT AS payers_paid_yen,
  list_sum(list_transform(payers, lambda one: coalesce(one.withheld_yen, 0)))::BIGINT AS payers_withheld_yen,
  kana IS NULL OR regexp_matches(kana, '[ 　]') AS kana_separated
FROM record
CROSS JOIN batch
