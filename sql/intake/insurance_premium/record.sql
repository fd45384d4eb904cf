-- Premiums paid (interim layout): every landed record, its insurance in the ledger's words; its yen are what was paid and withheld.
SELECT
  *,
  CASE insurance
    WHEN '1' THEN 'national_health'
    WHEN '2' THEN 'long_term_care'
    WHEN '3' THEN 'late_elderly'
  END AS kind,
  coalesce(paid_yen, 0) + coalesce(withheld_yen, 0) AS amount_yen
FROM landed
