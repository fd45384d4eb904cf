-- relative_inquiry_answer: what each accepted answer says.
SELECT
  record.file_no,
  record.record_no,
  accepted.content_digest,
  batch.fiscal_year,
  record.notice_no,
  record.sender_municipality,
  record.answered_day AS answered_on,
  CASE record.answer_kind WHEN '1' THEN 'found' WHEN '2' THEN 'not_found' WHEN '3' THEN 'refused' END AS answer_kind,
  record.total_income_yen,
  CASE record.claimed WHEN '1' THEN true WHEN '0' THEN false END AS claimed_elsewhere
FROM accepted
CROSS JOIN batch
JOIN record USING (row_no)
ORDER BY record.file_no, record.record_no
