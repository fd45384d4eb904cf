-- One verdict for each document that a rule or a person looked at: a taxpayer, or a reason for the queue with its candidates and what agrees
-- and differs of each. What a person kept or forwarded has its candidates as they were.
WITH listed AS (
  SELECT
    document_no,
    list(taxpayer_no ORDER BY taxpayer_no) AS candidates,
    list(evidence ORDER BY taxpayer_no) AS evidence
  FROM review_candidate
  GROUP BY document_no
)
SELECT
  document_no,
  taxpayer_no,
  rule,
  NULL::BIGINT AS decision_no,
  reason,
  message,
  coalesce(candidates, []) AS candidates,
  coalesce(evidence, []) AS evidence
FROM (FROM number_outcome UNION ALL FROM attribute_outcome)
LEFT JOIN listed USING (document_no)
UNION ALL
SELECT
  document_no,
  taxpayer_no,
  'decision',
  decision_no,
  reason,
  decided.message,
  coalesce(newest.candidates, []),
  coalesce(newest.evidence, [])
FROM decision_outcome AS decided
LEFT JOIN (
  SELECT document_no, candidates, evidence
  FROM pinned_review_item
  JOIN (
    SELECT document_no, max(review_version) AS review_version
    FROM pinned_review_item
    GROUP BY document_no
  ) USING (document_no, review_version)
) AS newest USING (document_no)
