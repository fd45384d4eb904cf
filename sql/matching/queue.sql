-- The queue of a fiscal year: what waits for a person. What was forwarded or closed no longer does.
SELECT document_no, reason, message, candidates, evidence, current_review_item.known_on
FROM current_review_item
JOIN pinned_document USING (document_no)
WHERE fiscal_year = $fiscal_year AND reason NOT IN ('forwarded', 'closed')
ORDER BY document_no
