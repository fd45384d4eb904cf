-- Premiums paid: the named columns over which the suite's rules speak. A withdrawal needs the entry that it withdraws, told before it.
WITH told AS (
  SELECT taxpayer_no, insurance AS kind, fiscal_year - 1 AS paid_year, 0 AS row_no
  FROM ledger.insurance_premium
  WHERE submission_kind = 'new'
  UNION ALL
  SELECT taxpayer_no, kind, paid_year, row_no
  FROM record
  WHERE submission_kind = '0'
),
first_told AS (
  SELECT taxpayer_no, kind, paid_year, min(row_no) AS row_no
  FROM told
  GROUP BY taxpayer_no, kind, paid_year
)
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
  length(record.taxpayer_no) AS taxpayer_no_length,
  record.paid_year,
  batch.income_year,
  record.submission_kind IS DISTINCT FROM '9' OR coalesce(first_told.row_no < record.row_no, false) AS withdrawal_known
FROM record
CROSS JOIN batch
LEFT JOIN first_told
  ON first_told.taxpayer_no = record.taxpayer_no
  AND first_told.kind = record.kind
  AND first_told.paid_year = record.paid_year
