-- What became of each record that was examined again; `lost` must not occur.
SELECT
  checked.record_no,
  CASE
    WHEN candidate_record.row_no IS NULL THEN 'quarantined'
    WHEN duplicate.row_no IS NOT NULL THEN 'duplicate'
    WHEN accepted.row_no IS NOT NULL THEN 'accepted'
    ELSE 'lost'
  END AS outcome,
  accepted.document_no,
  checked.amount_yen
FROM checked
LEFT JOIN candidate_record USING (row_no)
LEFT JOIN duplicate USING (row_no)
LEFT JOIN accepted USING (row_no)
ORDER BY checked.record_no
