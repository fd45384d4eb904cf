-- 申告特例通知書: the named columns over which the suite's rules speak. The widths of our own layout are binding.
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
  coalesce(list_contains(batch.city_codes, city_code), true) AS addressed_here,
  sender_municipality IS NULL OR is_municipality_code(sender_municipality) AS sender_code_fits,
  donation_year,
  batch.income_year,
  notified_day IS NOT NULL OR notified_on IS NULL AS notified_on_possible,
  -- 附則7条⑤⑫: by 31 January; a Saturday or Sunday is put off to the Monday (法20条の5②).
  coalesce(notified_day <= make_date(batch.fiscal_year, 1, 31) + CASE isodow(make_date(batch.fiscal_year, 1, 31))
    WHEN 6 THEN 2 WHEN 7 THEN 1 ELSE 0 END, true) AS notified_in_time,
  born_day IS NOT NULL OR born_on IS NULL AS born_on_possible,
  coalesce(born_day <= batch.assessment_on, true) AS born_by_assessment_day,
  sender_municipality IS NULL OR reference_no IS NULL OR min(spelling) OVER same_notice = max(spelling) OVER same_notice
    AS notice_once,
  individual_number IS NOT NULL OR len(bad_check_digit_items) + len(malformed_number_items) > 0 AS number_given,
  donated_yen,
  application_count,
  kana IS NULL OR contains(kana, ' ') AS kana_separated
FROM record
CROSS JOIN batch
WINDOW same_notice AS (PARTITION BY sender_municipality, reference_no, submission_kind)
