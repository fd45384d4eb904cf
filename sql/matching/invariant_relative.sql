-- Relatives of the fiscal year's linked documents who were found, and of these, who is not in the register of 1 January, or is the taxpayer.
SELECT
  count(*) AS found,
  count(*) FILTER (WHERE NOT registered) AS unregistered,
  count(*) FILTER (WHERE themselves) AS themselves
FROM (
  SELECT
    relative.taxpayer_no IN (SELECT taxpayer_no FROM resident_of_year) AS registered,
    relative.taxpayer_no = document.taxpayer_no AS themselves
  FROM current_relative_link AS relative
  JOIN current_document_link AS document USING (document_no)
  SEMI JOIN document_of_year USING (document_no)
  WHERE relative.taxpayer_no IS NOT NULL
)
