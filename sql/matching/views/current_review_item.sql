-- What waits for a person, or was forwarded: the newest review item of each document without a link. Needs current_document_link.
CREATE OR REPLACE TEMP VIEW current_review_item AS
SELECT document_no, review_version, reason, message, candidates, evidence, known_on
FROM pinned_review_item
JOIN (
  SELECT document_no, max(review_version) AS review_version
  FROM pinned_review_item
  GROUP BY document_no
) USING (document_no, review_version)
ANTI JOIN current_document_link USING (document_no);
