-- network_answer: what each accepted answer says.
SELECT
  record.file_no,
  record.record_no,
  accepted.content_digest,
  batch.fiscal_year,
  record.taxpayer_no,
  record.sender_municipality,
  record.answered_day AS answered_on,
  CASE record.answer_kind WHEN '1' THEN 'found' WHEN '2' THEN 'not_found' WHEN '3' THEN 'refused' END AS answer_kind,
  record.total_income_yen,
  record.city_income_levy_before_reduction_yen,
  record.city_per_capita_yen
FROM accepted
CROSS JOIN batch
JOIN record USING (row_no)
ORDER BY record.file_no, record.record_no
