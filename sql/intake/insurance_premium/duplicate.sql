-- Premiums paid: a record that says what the newest one of the same person, insurance and year says already, or stands earlier in this lot.
WITH newest AS (
  FROM ledger.insurance_premium
  QUALIFY row_number() OVER (
    PARTITION BY fiscal_year, taxpayer_no, insurance
    ORDER BY known_on DESC, file_no DESC, record_no DESC
  ) = 1
)
SELECT row_no
FROM candidate
LEFT JOIN newest USING (content_digest)
WHERE candidate.place_among_equals > 1 OR newest.content_digest IS NOT NULL
