-- 年金特別徴収対象者情報: the named columns over which the suite's rules speak.
SELECT
  record.row_no,
  record.file_no,
  record.record_no,
  record.edition,
  record.amount_yen,
  missing_items, malformed_items, unknown_code_items, number_in_text_items,
  len(missing_items) AS missing_count,
  len(malformed_items) AS malformed_count,
  len(unknown_code_items) AS unknown_code_count,
  len(number_in_text_items) AS number_in_text_count,
  coalesce(list_contains(batch.city_codes, city_code), true) AS addressed_here,
  year(made_day) AS made_in_year,
  batch.fiscal_year,
  made_on IS NULL OR made_day IS NOT NULL AS made_on_possible,
  born_on IS NULL OR born_day IS NOT NULL AS born_on_possible,
  coalesce(detail_code <> '70', true) AS is_person,
  kana IS NULL OR contains(kana, ' ') AS kana_separated
FROM record
CROSS JOIN batch
