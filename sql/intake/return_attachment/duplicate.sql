-- 申告書の画像・添付書類: a page file of the same content for the same return that was registered before, or stands earlier in this lot.
SELECT candidate.row_no
FROM candidate
WHERE candidate.place_among_equals > 1
  OR EXISTS (
    FROM ledger.attachment AS attachment
    WHERE attachment.content_digest = candidate.content_digest
  )
