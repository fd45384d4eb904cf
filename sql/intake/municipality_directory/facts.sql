-- The directory of municipalities: the named columns over which the suite's rules speak. A withdrawal needs the entry that it withdraws, told before it.
WITH told AS (
  SELECT municipality_code, from_on AS from_day, 0 AS row_no
  FROM ledger.municipality
  WHERE submission_kind = 'new'
  UNION ALL
  SELECT municipality_code, from_day, row_no
  FROM record
  WHERE submission_kind = '0'
),
first_told AS (
  SELECT municipality_code, from_day, min(row_no) AS row_no
  FROM told
  GROUP BY municipality_code, from_day
)
SELECT
  record.row_no,
  record.file_no,
  record.record_no,
  record.edition,
  record.amount_yen,
  missing_items, malformed_items, unknown_code_items, number_in_text_items,
  record.too_long_items || record.unverified_width_items AS too_wide_items,
  impossible_items,
  len(missing_items) AS missing_count,
  len(malformed_items) AS malformed_count,
  len(unknown_code_items) AS unknown_code_count,
  len(record.too_long_items) + len(record.unverified_width_items) AS too_wide_count,
  len(number_in_text_items) AS number_in_text_count,
  len(impossible_items) AS impossible_count,
  record.municipality_code IS NULL OR is_municipality_code(record.municipality_code) AS municipality_code_fits,
  coalesce(regexp_full_match(postcode, '[0-9]{3}-[0-9]{4}'), true) AS postcode_fits,
  record.submission_kind IS DISTINCT FROM '9' OR coalesce(first_told.row_no < record.row_no, false) AS withdrawal_known
FROM record
LEFT JOIN first_told
  ON first_told.municipality_code = record.municipality_code
  AND first_told.from_day = record.from_day
