-- People outside the register: the named columns over which the suite's rules speak. The widths of our own layout are binding. A withdrawal needs
-- the entry that it withdraws, told before it.
WITH told AS (
  SELECT taxpayer_no, entry_kind AS kind, ward_code, from_on AS from_day, 0 AS row_no
  FROM ledger.outside_register
  WHERE submission_kind = 'new'
  UNION ALL
  SELECT taxpayer_no, kind, ward_code, from_day, row_no
  FROM record
  WHERE submission_kind = '0'
),
first_told AS (
  SELECT taxpayer_no, kind, ward_code, from_day, min(row_no) AS row_no
  FROM told
  GROUP BY taxpayer_no, kind, ward_code, from_day
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
    CASE WHEN record.submission_kind = '0' AND record.kind IN ('taxed_here', 'house') AND record.born_on IS NULL THEN 9 END,
    CASE WHEN record.submission_kind = '0' AND record.kind = 'taxed_here' AND sex IS NULL THEN 10 END,
    CASE WHEN record.submission_kind = '0' AND record.kind IN ('taxed_here', 'house') AND record.ward_code IS NULL THEN 13 END
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
  coalesce(list_contains(batch.city_codes, record.ward_code), true) AS ward_of_this_city,
  registered_municipality IS NULL OR is_municipality_code(registered_municipality) AS municipality_code_fits,
  record.submission_kind IS DISTINCT FROM '9' OR coalesce(first_told.row_no < record.row_no, false) AS withdrawal_known,
  coalesce(regexp_full_match(kana, '[ァ-ヶー・　]+'), true) AS kana_in_katakana,
  coalesce(to_day >= record.from_day, true) AS ends_after,
  registered_municipality IS NOT NULL OR record.kind IS DISTINCT FROM 'taxed_here' AS registered_known
FROM record
CROSS JOIN batch
LEFT JOIN first_told
  ON first_told.taxpayer_no = record.taxpayer_no
  AND first_told.kind = record.kind
  AND first_told.ward_code IS NOT DISTINCT FROM record.ward_code
  AND first_told.from_day = record.from_day
