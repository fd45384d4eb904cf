-- Answers to our 扶養照会: the named columns over which the suite's rules speak. An answer names a letter that left.
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
  record.sender_municipality IS NULL OR is_municipality_code(record.sender_municipality) AS municipality_code_fits,
  record.total_income_yen,
  inquiry.notice_no IS NOT NULL OR record.notice_no IS NULL AS asked,
  coalesce(record.answer_kind <> '1' OR record.total_income_yen IS NOT NULL OR claimed IS NOT NULL, true) AS told_something
FROM record
CROSS JOIN batch
LEFT JOIN (SELECT notice_no FROM ledger.notice WHERE notice_kind = 'relative_inquiry') AS inquiry
  ON inquiry.notice_no = record.notice_no
