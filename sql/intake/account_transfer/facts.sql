-- Account transfers: the named columns over which the suite's rules speak. A withdrawal needs the entry that it withdraws, told before it.
WITH told AS (
  SELECT taxpayer_no, tax_item AS kind, from_on AS from_day, 0 AS row_no
  FROM ledger.account_transfer
  WHERE submission_kind = 'new'
  UNION ALL
  SELECT taxpayer_no, kind, from_day, row_no
  FROM record
  WHERE submission_kind = '0'
),
first_told AS (
  SELECT taxpayer_no, kind, from_day, min(row_no) AS row_no
  FROM told
  GROUP BY taxpayer_no, kind, from_day
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
  length(record.taxpayer_no) AS taxpayer_no_length,
  record.submission_kind IS DISTINCT FROM '9' OR coalesce(first_told.row_no < record.row_no, false) AS withdrawal_known,
  coalesce(to_day >= record.from_day, true) AS ends_after,
  coalesce(regexp_full_match(masked_account, '[*]+[0-9]{1,4}'), true) AS account_masked
FROM record
LEFT JOIN first_told
  ON first_told.taxpayer_no = record.taxpayer_no
  AND first_told.kind = record.kind
  AND first_told.from_day = record.from_day
