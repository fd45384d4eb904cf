-- 公的年金等支払報告書: the named columns over which the suite's rules speak. Counts and flags only where a rule needs no value.
SELECT
  record.row_no,
  record.file_no,
  record.record_no,
  record.edition,
  record.amount_yen,
  missing_items, malformed_items, unknown_code_items, too_long_items, unverified_width_items, number_in_text_items,
  bad_check_digit_items, malformed_number_items, bad_corporate_check_digit_items,
  paid_item.numbers AS paid_items,
  withheld_item.numbers AS withheld_items,
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
  year(born_on) AS born_in_year,
  batch.income_year,
  paid_yen, withheld_yen, social_insurance_yen,
  coalesce(disability_special_count, 0) AS disability_special_count,
  coalesce(disability_special_living_together_count, 0) AS disability_special_living_together_count,
  coalesce(dependant_under_16_count, 0) AS dependant_under_16_count,
  (under_16_1_name IS NOT NULL)::INTEGER + (under_16_2_name IS NOT NULL)::INTEGER AS dependant_under_16_named_count,
  -- Our interim layout defines the code itself; in the edition of 2014 its meaning is not sourced.
  coalesce(spouse_kind <> '3', true) OR record.edition <> '2014' AS spouse_code_known,
  NOT (coalesce(self_special_disability, '0') = '1' AND coalesce(self_other_disability, '0') = '1')
    AS self_disability_consistent,
  NOT ((coalesce(widow, '0') = '1' OR coalesce(special_widow, '0') = '1') AND coalesce(single_parent, '0') = '1')
    AS widow_consistent,
  kana IS NULL OR contains(kana, ' ') AS kana_separated
FROM record
CROSS JOIN batch
LEFT JOIN (
  SELECT edition, list(no ORDER BY no) AS numbers FROM layout_item WHERE name LIKE 'part!__!_paid!_yen' ESCAPE '!' GROUP BY edition
) AS paid_item USING (edition)
LEFT JOIN (
  SELECT edition, list(no ORDER BY no) AS numbers FROM layout_item WHERE name LIKE 'part!__!_withheld!_yen' ESCAPE '!' GROUP BY edition
) AS withheld_item USING (edition)
