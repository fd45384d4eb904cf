-- Review items that are new or tell something else than the newest one of their document, whatever the order of its candidates: that is found
-- (ranked_review_item.sql) for what is new only.
SELECT
  document_no,
  coalesce(newest.review_version, 0) + 1 AS review_version,
  outcome.reason,
  outcome.message,
  outcome.candidates,
  outcome.evidence
FROM outcome
LEFT JOIN (
  SELECT document_no, review_version, reason, message, candidates, evidence
  FROM pinned_review_item
  JOIN (
    SELECT document_no, max(review_version) AS review_version
    FROM pinned_review_item
    GROUP BY document_no
  ) USING (document_no, review_version)
) AS newest USING (document_no)
WHERE outcome.reason IS NOT NULL
  AND (outcome.reason, outcome.message, list_sort(list_zip(outcome.candidates, outcome.evidence)))
    IS DISTINCT FROM (newest.reason, newest.message, list_sort(list_zip(newest.candidates, newest.evidence)))
ORDER BY document_no
