-- 申告書の画像・添付書類: the named columns over which the suite's rules speak. The widths of our own layout are binding.
SELECT
  record.row_no,
  record.file_no,
  record.record_no,
  record.edition,
  record.amount_yen,
  missing_items, malformed_items, unknown_code_items, number_in_text_items,
  record.too_long_items || record.unverified_width_items AS too_wide_items,
  len(missing_items) AS missing_count,
  len(malformed_items) AS malformed_count,
  len(unknown_code_items) AS unknown_code_count,
  len(record.too_long_items) + len(record.unverified_width_items) AS too_wide_count,
  len(number_in_text_items) AS number_in_text_count,
  record.fiscal_year,
  batch.fiscal_year AS batch_fiscal_year,
  coalesce(list_contains(batch.city_codes, city_code), true) AS addressed_here,
  state <> 'absent' AS found,
  state <> 'named_twice' AS named_once,
  state <> 'unknown_kind' AS is_image,
  page_count
FROM record
CROSS JOIN batch
