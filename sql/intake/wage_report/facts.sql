-- 給与支払報告書: the named columns over which the suite's rules speak. Counts and flags only where a rule needs no value.
SELECT
  record.row_no,
  record.file_no,
  record.record_no,
  record.edition,
  record.amount_yen,
  missing_items, malformed_items, unknown_code_items, too_long_items, unverified_width_items, number_in_text_items,
  bad_check_digit_items, malformed_number_items, bad_corporate_check_digit_items,
  len(missing_items) AS missing_count,
  len(malformed_items) AS malformed_count,
  len(unknown_code_items) AS unknown_code_count,
  len(too_long_items) AS too_long_count,
  len(unverified_width_items) AS unverified_width_count,
  len(number_in_text_items) AS number_in_text_count,
  len(bad_check_digit_items) AS bad_check_digit_count,
  len(malformed_number_items) AS malformed_number_count,
  len(bad_corporate_check_digit_items) AS bad_corporate_check_digit_count,
  TRY_CAST(income_era_year AS INTEGER) AS income_era_year,
  batch.era_year AS batch_era_year,
  coalesce(list_contains(batch.city_codes, city_code), true) AS addressed_here,
  list_contains(batch.editions, record.edition) AS edition_of_income_year,
  coalesce(creation_kind <> '0', true) AS for_municipality,
  coalesce(address_abroad <> '1', true) AS address_in_japan,
  born_on IS NOT NULL OR born_era IS NULL OR born_year IS NULL OR born_month IS NULL OR born_day IS NULL
    AS born_on_possible,
  employment_changed_on IS NOT NULL OR coalesce(employment_changed_year, employment_changed_month,
    employment_changed_day) IS NULL AS employment_changed_on_possible,
  housing_moved_in_on IS NOT NULL OR coalesce(housing_moved_in_year, housing_moved_in_month, housing_moved_in_day) IS NULL
    AS housing_moved_in_on_possible,
  year(born_on) AS born_in_year,
  batch.income_year,
  paid_yen, income_after_deduction_yen, withheld_yen, social_insurance_yen, small_enterprise_yen,
  previous_payer_paid_yen, life_insurance_deduction_yen, earthquake_insurance_deduction_yen,
  coalesce(dependant_elderly_count, 0) AS dependant_elderly_count,
  coalesce(dependant_elderly_parent_count, 0) AS dependant_elderly_parent_count,
  coalesce(disability_special_count, 0) AS disability_special_count,
  coalesce(disability_special_living_together_count, 0) AS disability_special_living_together_count,
  coalesce(dependant_specific_secondary_count, 0) + coalesce(dependant_elderly_secondary_count, 0)
    + coalesce(dependant_other_secondary_count, 0) AS dependant_secondary_count,
  coalesce(specific_relative_count, 0) + coalesce(specific_relative_secondary_count, 0)
    + CASE WHEN specific_relative_special_deduction_yen > 0 THEN 1 ELSE 0 END AS specific_relative_entry_count,
  coalesce(dependant_under_16_count, 0) AS dependant_under_16_count,
  (under_16_1_name IS NOT NULL)::INTEGER + (under_16_2_name IS NOT NULL)::INTEGER + (under_16_3_name IS NOT NULL)::INTEGER
    + (under_16_4_name IS NOT NULL)::INTEGER + coalesce(len(under_16_from_5th_names), 0) AS dependant_under_16_named_count,
  NOT (coalesce(spouse_elderly, '0') = '1' AND coalesce(spouse_kind, '0') NOT IN ('1', '3')) AS spouse_consistent,
  NOT (coalesce(self_special_disability, '0') = '1' AND coalesce(self_other_disability, '0') = '1')
    AS self_disability_consistent,
  NOT (coalesce(widow, '0') <> '0' AND coalesce(single_parent, '0') = '1') AS widow_consistent,
  NOT (coalesce(employment_change, '0') <> '0' AND employment_changed_on IS NULL) AS employment_change_dated,
  NOT (coalesce(ordinary_collection, '0') = '1' AND ordinary_reason IS NULL AND NOT coalesce(strange_reason, false))
    AS ordinary_reason_given,
  NOT (coalesce(ordinary_collection, '0') = '1' AND ordinary_reason IS NULL AND coalesce(strange_reason, false))
    AS ordinary_reason_known,
  kana IS NULL OR contains(kana, ' ') AS kana_separated
FROM record
CROSS JOIN batch
