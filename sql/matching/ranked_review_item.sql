-- The new review items with their candidates ordered by what they weigh, then by taxpayer number. Who was not weighed (a person has decided
-- already) stays in place.
WITH weighed AS (
  SELECT document_no, taxpayer_no, sum(weight_centibits) AS weight_centibits
  FROM candidate_weight
  GROUP BY document_no, taxpayer_no
),
ranked AS (
  SELECT
    document_no,
    list(taxpayer_no ORDER BY weight_centibits DESC, taxpayer_no) AS candidates,
    list(evidence ORDER BY weight_centibits DESC, taxpayer_no) AS evidence
  FROM weighed
  JOIN review_candidate USING (document_no, taxpayer_no)
  GROUP BY document_no
)
SELECT
  document_no,
  item.review_version,
  item.reason,
  item.message,
  coalesce(ranked.candidates, item.candidates) AS candidates,
  coalesce(ranked.evidence, item.evidence) AS evidence
FROM new_review_item AS item
LEFT JOIN ranked USING (document_no)
ORDER BY document_no
