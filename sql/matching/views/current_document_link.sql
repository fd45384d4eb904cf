-- The link that holds: the newest of each document, unless that one took the link back.
CREATE OR REPLACE TEMP VIEW current_document_link AS
SELECT document_no, link_version, taxpayer_no, rule, decision_no, known_on
FROM pinned_document_link
JOIN (
  SELECT document_no, max(link_version) AS link_version
  FROM pinned_document_link
  GROUP BY document_no
) USING (document_no, link_version)
WHERE taxpayer_no IS NOT NULL;
