-- Every readable record of a lot in exactly one class, with its yen, file by file; `lost` must stay empty.
SELECT file_no, class, count(*) AS record_count, coalesce(sum(amount_yen), 0)::BIGINT AS amount_yen
FROM (
  SELECT
    checked.file_no,
    checked.amount_yen,
    CASE
      WHEN candidate_record.row_no IS NULL THEN 'quarantined'
      WHEN duplicate.row_no IS NOT NULL THEN 'duplicate'
      WHEN accepted.row_no IS NOT NULL THEN 'accepted'
      ELSE 'lost'
    END AS class
  FROM checked
  LEFT JOIN candidate_record USING (row_no)
  LEFT JOIN duplicate USING (row_no)
  LEFT JOIN accepted USING (row_no)
)
GROUP BY file_no, class
ORDER BY file_no, class
