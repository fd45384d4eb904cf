-- Links of the fiscal year, and those whose taxpayer is not in the register of 1 January.
SELECT
  count(*) AS linked,
  count(*) FILTER (WHERE NOT registered) AS unregistered
FROM (
  SELECT document_no, taxpayer_no IN (SELECT taxpayer_no FROM resident_of_year) AS registered
  FROM current_document_link
  SEMI JOIN document_of_year USING (document_no)
)
