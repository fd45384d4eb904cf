-- Decisions of people that can be carried out, and those that the ledger does not (yet) follow. Needs link_decision.
SELECT
  count(*) AS decisions,
  count(*) FILTER (
    WHERE CASE WHEN verdict IN ('forward', 'keep') THEN NULL ELSE verdict END IS DISTINCT FROM taxpayer_no
  ) AS not_followed
FROM link_decision
SEMI JOIN document_of_year USING (document_no)
LEFT JOIN current_document_link USING (document_no)
WHERE newest
