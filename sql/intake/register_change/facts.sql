-- Changes of the register: the named columns over which the suite's rules speak. The widths of our own layout are binding. A withdrawal needs
-- the change that it withdraws, told before it.
WITH change AS (
  SELECT
    *,
    submission_kind = '0' AND kind IN ('born', 'moved_in', 'restored') AS enters,
    enters OR (submission_kind = '0' AND kind = 'moved_within') AS settles,
    enters OR (submission_kind = '0' AND kind = 'renamed') AS names
  FROM record
),
person AS (
  SELECT taxpayer_no FROM ledger.resident
  UNION
  SELECT taxpayer_no FROM ledger.register_change
  UNION
  SELECT taxpayer_no FROM ledger.outside_register
),
told AS (
  SELECT taxpayer_no, change_kind AS kind, happened_on AS happened_day, 0 AS row_no
  FROM ledger.register_change
  WHERE submission_kind = 'new'
  UNION ALL
  SELECT taxpayer_no, kind, happened_day, row_no
  FROM record
  WHERE submission_kind = '0'
),
first_told AS (
  SELECT taxpayer_no, kind, happened_day, min(row_no) AS row_no
  FROM told
  GROUP BY taxpayer_no, kind, happened_day
)
SELECT
  record.row_no,
  record.file_no,
  record.record_no,
  record.edition,
  record.amount_yen,
  missing_items, malformed_items, unknown_code_items, number_in_text_items, bad_check_digit_items, malformed_number_items,
  record.too_long_items || record.unverified_width_items AS too_wide_items,
  impossible_items,
  list_filter([
    CASE WHEN enters AND household_no IS NULL THEN 7 END,
    CASE WHEN enters AND relationship IS NULL THEN 8 END,
    CASE WHEN names AND name IS NULL THEN 9 END,
    CASE WHEN names AND kana IS NULL THEN 10 END,
    CASE WHEN enters AND record.born_on IS NULL THEN 11 END,
    CASE WHEN enters AND sex IS NULL THEN 12 END,
    CASE WHEN settles AND postcode IS NULL THEN 13 END,
    CASE WHEN settles AND address IS NULL THEN 14 END,
    CASE WHEN settles AND ward_code IS NULL THEN 15 END
  ]::INTEGER[], lambda no: no IS NOT NULL) AS lacking_items,
  len(missing_items) AS missing_count,
  len(malformed_items) AS malformed_count,
  len(unknown_code_items) AS unknown_code_count,
  len(record.too_long_items) + len(record.unverified_width_items) AS too_wide_count,
  len(number_in_text_items) AS number_in_text_count,
  len(bad_check_digit_items) AS bad_check_digit_count,
  len(malformed_number_items) AS malformed_number_count,
  len(impossible_items) AS impossible_count,
  len(lacking_items) AS lacking_count,
  length(record.taxpayer_no) AS taxpayer_no_length,
  coalesce(list_contains(batch.city_codes, ward_code), true) AS ward_of_this_city,
  january_municipality IS NULL OR is_municipality_code(january_municipality) AS municipality_code_fits,
  record.submission_kind IS DISTINCT FROM '9' OR coalesce(first_told.row_no < record.row_no, false) AS withdrawal_known,
  coalesce(regexp_full_match(kana, '[ァ-ヶー・　]+'), true) AS kana_in_katakana,
  coalesce(notified_day >= record.happened_day OR record.kind = 'moved_out', true) AS notified_after,
  record.taxpayer_no IN (SELECT taxpayer_no FROM person) OR coalesce(record.kind IN ('born', 'moved_in', 'restored'), true)
    AS person_known
FROM change AS record
CROSS JOIN batch
LEFT JOIN first_told
  ON first_told.taxpayer_no = record.taxpayer_no
  AND first_told.kind = record.kind
  AND first_told.happened_day = record.happened_day
