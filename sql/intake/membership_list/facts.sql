-- Lists of recipients: the named columns over which the suite's rules speak.
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
  length(taxpayer_no) AS taxpayer_no_length,
  joined_on IS NOT NULL OR joined_text IS NULL AS joined_on_possible,
  left_on IS NOT NULL OR left_text IS NULL AS left_on_possible,
  coalesce(left_on >= joined_on, true) AS left_after_joining,
  recipient IS NULL OR taxpayer_no IS NULL OR min(spelling) OVER same_person = max(spelling) OVER same_person AS person_once
FROM record
WINDOW same_person AS (PARTITION BY recipient, taxpayer_no)
