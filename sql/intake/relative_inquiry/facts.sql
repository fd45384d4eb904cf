-- 扶養照会 received: the named columns over which the suite's rules speak. A withdrawal needs the inquiry that it withdraws, told before it.
WITH told AS (
  SELECT said.sender_municipality, said.reference_no, 0 AS row_no
  FROM ledger.relative_inquiry AS said
  JOIN ledger.document AS document USING (document_no)
  WHERE document.submission_kind = 'new'
  UNION ALL
  SELECT sender_municipality, reference_no, row_no
  FROM record
  WHERE submission_kind = '0'
),
first_told AS (
  SELECT sender_municipality, reference_no, min(row_no) AS row_no
  FROM told
  GROUP BY sender_municipality, reference_no
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
  record.fiscal_year,
  batch.fiscal_year AS batch_fiscal_year,
  coalesce(list_contains(batch.city_codes, city_code), true) AS addressed_here,
  coalesce(NOT list_contains(batch.city_codes, record.sender_municipality), true) AS sent_by_another,
  record.sender_municipality IS NULL OR is_municipality_code(record.sender_municipality) AS municipality_code_fits,
  record.submission_kind IS DISTINCT FROM '9' OR coalesce(first_told.row_no < record.row_no, false) AS withdrawal_known
FROM record
CROSS JOIN batch
LEFT JOIN first_told
  ON first_told.sender_municipality = record.sender_municipality
  AND first_told.reference_no = record.reference_no
