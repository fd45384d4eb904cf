-- 給与所得者異動届出書: the named columns over which the suite's rules speak. The widths of our own layout are binding.
SELECT
  record.row_no,
  record.file_no,
  record.record_no,
  record.edition,
  record.amount_yen,
  missing_items, malformed_items, unknown_code_items, number_in_text_items, bad_check_digit_items, malformed_number_items,
  bad_corporate_check_digit_items,
  record.too_long_items || record.unverified_width_items AS too_wide_items,
  list_filter([
    CASE WHEN submitted_on IS NOT NULL AND submitted_day IS NULL THEN item.no_of['submitted_on'] END,
    CASE WHEN born_on IS NOT NULL AND born_day IS NULL THEN item.no_of['born_on'] END,
    CASE WHEN changed_on IS NOT NULL AND changed_day IS NULL THEN item.no_of['changed_on'] END
  ], lambda no: no IS NOT NULL) AS impossible_date_items,
  len(impossible_date_items) AS impossible_date_count,
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
  -- 法317条の6②: those of 1 January to 1 April, by 15 April.
  NOT coalesce(changed_day BETWEEN make_date(batch.fiscal_year, 1, 1) AND make_date(batch.fiscal_year, 4, 1)
    AND submitted_day > make_date(batch.fiscal_year, 4, 15), false) AS notified_in_time,
  coalesce(payer_designated_no, payer_corporate_number, hex(payer_number)) IS NOT NULL
    OR len(malformed_number_items) + len(bad_check_digit_items) > 0 AS identified,
  coalesce(collection_after <> '1', true) OR coalesce(new_payer_designated_no, new_payer_name) IS NOT NULL AS transfer_complete
FROM record
CROSS JOIN batch
JOIN (SELECT edition, map(list(name ORDER BY no), list(no ORDER BY no)) AS no_of FROM layout_item GROUP BY edition) AS item
  USING (edition)
