-- What the ledger knows of a person at other times: rows of the register, of this and earlier fiscal years, and what its changes left
-- behind or found, before 1 January or since, where they say something else than 1 January; of a person who is not taxed as living
-- here on that day, all. What a change does not say is NULL and agrees with nothing.
WITH known AS (
  SELECT taxpayer_no, max(number_id) AS number_id, max(born_on) AS born_on
  FROM (
    SELECT taxpayer_no, number_id, born_on FROM pinned_resident SEMI JOIN standing_change USING (taxpayer_no)
    UNION ALL
    SELECT taxpayer_no, number_id, born_on FROM standing_change
  )
  GROUP BY taxpayer_no
),
change AS (
  SELECT standing_change.* EXCLUDE (number_id, born_on), known.number_id, known.born_on
  FROM standing_change
  JOIN known USING (taxpayer_no)
)
SELECT DISTINCT taxpayer_no, number_id, name, kana, born_on, address
FROM (
  SELECT taxpayer_no, number_id, name, kana, born_on, address
  FROM pinned_resident
  WHERE fiscal_year <= $fiscal_year
  UNION ALL
  SELECT taxpayer_no, number_id, name, kana, born_on, address
  FROM change
  WHERE coalesce(name, kana, address) IS NOT NULL
  UNION ALL
  SELECT taxpayer_no, number_id, former_name, former_kana, born_on, former_address
  FROM change
  WHERE coalesce(former_name, former_kana, former_address) IS NOT NULL
)
ANTI JOIN resident_of_year USING (taxpayer_no, name, kana, address)
