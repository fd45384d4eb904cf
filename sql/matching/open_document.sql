-- Documents for the rules: without a link to a resident, and on which no person has decided (what a person decided, no rule undoes). A link to
-- somebody who turns out not to have lived here on 1 January opens again. A notice of 294条3項 that an officer accepted is done with.
SELECT document_no, number_id, name, kana, born_on, address
FROM document_of_year
ANTI JOIN (FROM current_document_link SEMI JOIN resident_of_year USING (taxpayer_no)) AS linked USING (document_no)
ANTI JOIN (SELECT document_no FROM link_decision WHERE problem IS NULL) AS decided USING (document_no)
ANTI JOIN taxed_elsewhere_of_year USING (document_no)
