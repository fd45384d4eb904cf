-- Account transfers: a record that says what the newest one of the same person, tax and first day says already, or stands earlier in this lot.
WITH newest AS (
  FROM ledger.account_transfer
  QUALIFY row_number() OVER (
    PARTITION BY taxpayer_no, tax_item, from_on
    ORDER BY known_on DESC, file_no DESC, record_no DESC
  ) = 1
)
SELECT row_no
FROM candidate
LEFT JOIN newest USING (content_digest)
WHERE candidate.place_among_equals > 1 OR newest.content_digest IS NOT NULL
