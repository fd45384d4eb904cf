-- Searched documents with which no resident's kana, birth date and address of 1 January all agree.
SELECT *
FROM searched_document
ANTI JOIN (SELECT document_no FROM attribute_pair WHERE address_agrees) AS found USING (document_no)
