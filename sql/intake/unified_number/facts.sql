-- Answers of the 統合宛名 system: the named columns over which the suite's rules speak. One number belongs to one person, whoever else had it before lost it.
WITH told AS (
  SELECT taxpayer_no, unified_no, 0 AS row_no
  FROM ledger.unified_number
  WHERE submission_kind = 'new'
  UNION ALL
  SELECT taxpayer_no, unified_no, row_no
  FROM record
  WHERE submission_kind = '0'
),
first_told AS (
  SELECT taxpayer_no, unified_no, min(row_no) AS row_no
  FROM told
  GROUP BY taxpayer_no, unified_no
),
holder AS (
  SELECT taxpayer_no, unified_no
  FROM ledger.unified_number
  QUALIFY submission_kind = 'new' AND row_number() OVER (
    PARTITION BY taxpayer_no ORDER BY known_on DESC, file_no DESC, record_no DESC
  ) = 1
),
owner AS (
  SELECT unified_no, list(DISTINCT taxpayer_no ORDER BY taxpayer_no) AS taxpayer_nos
  FROM (
    -- Whoever gets another number, or loses it, in this lot is no holder any longer.
    SELECT taxpayer_no, unified_no FROM holder ANTI JOIN record USING (taxpayer_no)
    UNION ALL
    SELECT taxpayer_no, unified_no FROM record WHERE submission_kind = '0'
  )
  GROUP BY unified_no
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
  coalesce(length(record.unified_no) = 15, true) AS unified_no_fits,
  record.submission_kind IS DISTINCT FROM '0' OR coalesce(owner.taxpayer_nos = [record.taxpayer_no], true) AS number_of_one,
  record.submission_kind IS DISTINCT FROM '9' OR coalesce(first_told.row_no < record.row_no, false) AS withdrawal_known
FROM record
LEFT JOIN owner USING (unified_no)
LEFT JOIN first_told
  ON first_told.taxpayer_no = record.taxpayer_no
  AND first_told.unified_no = record.unified_no
