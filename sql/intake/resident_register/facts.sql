-- Resident register: the named columns over which the suite's rules speak. The widths of our own layout are binding.
SELECT
  record.row_no,
  record.file_no,
  record.record_no,
  record.edition,
  record.amount_yen,
  missing_items, malformed_items, unknown_code_items, number_in_text_items, bad_check_digit_items, malformed_number_items,
  record.too_long_items || record.unverified_width_items AS too_wide_items,
  len(missing_items) AS missing_count,
  len(malformed_items) AS malformed_count,
  len(unknown_code_items) AS unknown_code_count,
  len(record.too_long_items) + len(record.unverified_width_items) AS too_wide_count,
  len(number_in_text_items) AS number_in_text_count,
  len(bad_check_digit_items) AS bad_check_digit_count,
  len(malformed_number_items) AS malformed_number_count,
  record.fiscal_year,
  batch.fiscal_year AS batch_fiscal_year,
  length(taxpayer_no) AS taxpayer_no_length,
  coalesce(list_contains(batch.city_codes, ward_code), true) AS ward_of_this_city,
  born_on IS NOT NULL OR born_text IS NULL AS born_on_possible,
  coalesce(born_on <= batch.assessment_on, true) AS born_by_assessment_day,
  coalesce(regexp_full_match(postcode, '[0-9]{3}-[0-9]{4}'), true) AS postcode_well_formed,
  coalesce(regexp_full_match(kana, '[ァ-ヶー・　]+'), true) AS kana_in_katakana,
  kana IS NULL OR contains(kana, '　') AS kana_separated,
  taxpayer_no IS NULL OR min(spelling) OVER same_person = max(spelling) OVER same_person AS person_once
FROM record
CROSS JOIN batch
WINDOW same_person AS (PARTITION BY taxpayer_no)
