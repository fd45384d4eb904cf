-- The reports that count: neither replaced nor themselves a cancellation. New and additional ones (追加) stand side by side.
SELECT *
FROM linked_report
ANTI JOIN replaced_report USING (document_no)
WHERE submission_kind <> 'cancellation'
