-- Every readable record of the file in exactly one class, with its yen; `lost` must stay empty.
SELECT class, count(*) AS record_count, coalesce(sum(amount_yen), 0)::BIGINT AS amount_yen
FROM (
  SELECT
    checked.amount_yen,
    CASE
      WHEN candidate_record.record_no IS NULL THEN 'quarantined'
      WHEN duplicate.record_no IS NOT NULL THEN 'duplicate'
      WHEN accepted.record_no IS NOT NULL THEN 'accepted'
      ELSE 'lost'
    END AS class
  FROM checked
  LEFT JOIN candidate_record USING (record_no)
  LEFT JOIN duplicate USING (record_no)
  LEFT JOIN accepted USING (record_no)
)
GROUP BY class
ORDER BY class
