-- The entries of the pension payers' list (年金特別徴収対象者情報) that are linked to a taxpayer.
SELECT document.taxpayer_no, target.*
FROM linked_document AS document
JOIN pinned_pension_target AS target USING (document_no)
ORDER BY document_no
