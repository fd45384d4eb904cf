-- Links that differ from what holds. A link to nobody is written only where one that holds is taken back: by a decision, or because its taxpayer
-- did not live here on 1 January after all.
SELECT
  document_no,
  coalesce(newest.link_version, 0) + 1 AS link_version,
  outcome.taxpayer_no,
  coalesce(outcome.rule, 'not_resident') AS rule,
  outcome.decision_no
FROM outcome
LEFT JOIN (
  SELECT document_no, link_version, taxpayer_no
  FROM pinned_document_link
  JOIN (
    SELECT document_no, max(link_version) AS link_version
    FROM pinned_document_link
    GROUP BY document_no
  ) USING (document_no, link_version)
) AS newest USING (document_no)
WHERE outcome.taxpayer_no IS DISTINCT FROM newest.taxpayer_no
ORDER BY document_no
