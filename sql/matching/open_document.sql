-- Documents for the rules: without a link, and on which no person has decided (what a person decided, no rule undoes).
SELECT document_no, number_id, name, kana, born_on, address
FROM document_of_year
ANTI JOIN current_document_link USING (document_no)
ANTI JOIN (SELECT document_no FROM link_decision WHERE problem IS NULL) AS decided USING (document_no)
