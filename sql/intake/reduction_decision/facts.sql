-- Decisions of 減免: the named columns over which the suite's rules speak. A withdrawal needs the decision that it withdraws, told before it; the number
-- of a decision names one levy.
WITH told AS (
  SELECT fiscal_year AS decided_year, decision_ref, taxpayer_no, ward_code, submission_kind = 'new' AS decides, 0 AS row_no
  FROM ledger.reduction_decision
  UNION ALL
  SELECT decided_year, decision_ref, taxpayer_no, ward_code, submission_kind = '0', row_no
  FROM record
),
first_told AS (
  SELECT
    decided_year,
    decision_ref,
    min(row_no) FILTER (WHERE decides) AS row_no,
    arg_min(taxpayer_no, row_no) AS taxpayer_no,
    arg_min(ward_code, row_no) AS ward_code
  FROM told
  GROUP BY decided_year, decision_ref
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
  record.decided_year,
  batch.fiscal_year AS batch_year,
  coalesce(list_contains(batch.city_codes, record.ward_code), true) AS ward_of_this_city,
  coalesce(record.decided_day >= record.applied_day, true) AS decided_after,
  record.first_period,
  CASE
    WHEN record.part_numerator IS NULL AND record.part_denominator IS NULL
      THEN coalesce(record.reduced_yen > 0, record.forest_reason IS NOT NULL)
    ELSE record.reduced_yen IS NULL AND coalesce(record.numerator BETWEEN 1 AND record.denominator, false)
  END AS measured_once,
  coalesce((first_told.taxpayer_no, first_told.ward_code) = (record.taxpayer_no, record.ward_code), true) AS number_of_one_levy,
  record.submission_kind IS DISTINCT FROM '9' OR coalesce(first_told.row_no < record.row_no, false) AS withdrawal_known
FROM record
CROSS JOIN batch
LEFT JOIN first_told ON first_told.decided_year = record.decided_year AND first_told.decision_ref = record.decision_ref
