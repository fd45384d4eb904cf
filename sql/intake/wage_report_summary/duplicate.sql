-- 総括表: a record whose content was accepted before, or stands earlier in this lot.
SELECT candidate.row_no
FROM candidate
WHERE candidate.place_among_equals > 1
  OR EXISTS (
    FROM ledger.wage_report_summary AS summary
    WHERE summary.content_digest = candidate.content_digest
  )
