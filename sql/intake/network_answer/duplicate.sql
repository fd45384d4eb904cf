-- Answers through 中間サーバー: a record that says what the newest one of the same person, year and sender says already, or stands earlier in this lot.
WITH newest AS (
  FROM ledger.network_answer
  QUALIFY row_number() OVER (PARTITION BY fiscal_year, taxpayer_no, sender_municipality ORDER BY known_on DESC, file_no DESC, record_no DESC) = 1
)
SELECT row_no
FROM candidate
LEFT JOIN newest USING (content_digest)
WHERE candidate.place_among_equals > 1 OR newest.content_digest IS NOT NULL
