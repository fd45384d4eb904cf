-- The payer who is to withhold by an officer's decision (法321の3・321の4): the one of the report that the decision names, by the report
-- of that payer that counts today. Where none counts any longer, the documents decide again.
SELECT
  supplement.taxpayer_no,
  report.document_no,
  nullif(report.payer_designated_no, '') AS payer_designated_no
FROM supplement_of_year AS supplement
JOIN linked_report AS named ON named.document_no = supplement.document_no
JOIN counted_report AS report ON report.taxpayer_no = supplement.taxpayer_no AND report.payer_key = named.payer_key
WHERE supplement.item = 'collection_method' AND supplement.value = 'employment'
QUALIFY row_number() OVER (PARTITION BY supplement.taxpayer_no ORDER BY report.place) = 1
