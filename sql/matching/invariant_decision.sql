-- Decisions of people that can be carried out, and those that the ledger does not (yet) follow. Needs link_decision. A notice of 294条3項 that was
-- accepted is done with, whoever it was linked to.
SELECT
  count(*) AS decisions,
  count(*) FILTER (
    WHERE CASE WHEN verdict IN ('forward', 'keep') THEN NULL ELSE verdict END IS DISTINCT FROM taxpayer_no
  ) AS not_followed
FROM link_decision
SEMI JOIN document_of_year USING (document_no)
ANTI JOIN taxed_elsewhere_of_year USING (document_no)
LEFT JOIN current_document_link USING (document_no)
WHERE newest
