-- 扶養照会 received: a record whose content was accepted before (same source, same fiscal year), or stands earlier in this lot.
SELECT candidate.row_no
FROM candidate
CROSS JOIN batch
WHERE candidate.place_among_equals > 1
  OR EXISTS (
    FROM ledger.document AS document
    JOIN ledger.source_file AS source_file USING (file_no)
    WHERE document.content_digest = candidate.content_digest
      AND document.fiscal_year = batch.fiscal_year
      AND source_file.source = batch.source
  )
