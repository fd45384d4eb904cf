-- The fiscal year's documents.
SELECT document_no, number_id, name, kana, born_on, address
FROM pinned_document
WHERE fiscal_year = $fiscal_year
