-- One verdict for each document that a rule or a person looked at: a taxpayer, or a reason for the queue.
SELECT document_no, taxpayer_no, rule, NULL::BIGINT AS decision_no, reason, message, candidates
FROM number_outcome
UNION ALL
SELECT document_no, taxpayer_no, rule, NULL::BIGINT, reason, message, candidates
FROM attribute_outcome
UNION ALL
SELECT
  document_no,
  taxpayer_no,
  'decision',
  decision_no,
  reason,
  decided.message,
  coalesce(newest.candidates, [])
FROM decision_outcome AS decided
LEFT JOIN (
  SELECT document_no, candidates
  FROM pinned_review_item
  JOIN (
    SELECT document_no, max(review_version) AS review_version
    FROM pinned_review_item
    GROUP BY document_no
  ) USING (document_no, review_version)
) AS newest USING (document_no)
