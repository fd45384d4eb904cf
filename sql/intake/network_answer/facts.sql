-- Answers through 中間サーバー: the named columns over which the suite's rules speak. Nobody may tell us of whom we did not ask.
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
  record.fiscal_year,
  batch.fiscal_year AS batch_fiscal_year,
  record.sender_municipality IS NULL OR is_municipality_code(record.sender_municipality) AS municipality_code_fits,
  record.total_income_yen,
  inquiry.taxpayer_no IS NOT NULL OR record.taxpayer_no IS NULL AS asked
FROM record
CROSS JOIN batch
LEFT JOIN (SELECT DISTINCT taxpayer_no, fiscal_year FROM ledger.network_inquiry) AS inquiry
  ON inquiry.taxpayer_no = record.taxpayer_no AND inquiry.fiscal_year = batch.fiscal_year
