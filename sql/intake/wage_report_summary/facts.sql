-- 総括表: the named columns over which the suite's rules speak. The widths of our own layout are binding.
SELECT
  record.row_no,
  record.file_no,
  record.record_no,
  record.edition,
  record.amount_yen,
  missing_items, malformed_items, unknown_code_items, number_in_text_items, bad_check_digit_items, malformed_number_items,
  bad_corporate_check_digit_items,
  record.too_long_items || record.unverified_width_items AS too_wide_items,
  len(missing_items) AS missing_count,
  len(malformed_items) AS malformed_count,
  len(unknown_code_items) AS unknown_code_count,
  len(record.too_long_items) + len(record.unverified_width_items) AS too_wide_count,
  len(number_in_text_items) AS number_in_text_count,
  len(bad_check_digit_items) AS bad_check_digit_count,
  len(malformed_number_items) AS malformed_number_count,
  len(bad_corporate_check_digit_items) AS bad_corporate_check_digit_count,
  record.fiscal_year,
  batch.fiscal_year AS batch_fiscal_year,
  coalesce(list_contains(batch.city_codes, city_code), true) AS addressed_here,
  coalesce(payer_designated_no, payer_corporate_number, hex(payer_number)) IS NOT NULL
    OR len(malformed_number_items) + len(bad_check_digit_items) > 0 AS identified,
  employee_count,
  report_count,
  withholding_count + ordinary_leaver_count + ordinary_other_count AS listed_count
FROM record
CROSS JOIN batch
