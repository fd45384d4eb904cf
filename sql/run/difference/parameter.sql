-- The parameters that differ between two digests that the pairs were decided by; none where the ledger does not have the values of both.
WITH digest AS (
  SELECT DISTINCT earlier_digest AS earlier, later_digest AS later FROM pair WHERE earlier_digest <> later_digest
  UNION
  SELECT DISTINCT earlier_base_digest, later_base_digest FROM pair WHERE earlier_base_digest <> later_base_digest
)
SELECT digest.earlier, digest.later, list(was.parameter ORDER BY was.parameter) AS parameters
FROM digest
JOIN ledger.parameter_value AS was ON was.parameter_digest = digest.earlier
JOIN ledger.parameter_value AS is_now ON is_now.parameter_digest = digest.later AND is_now.parameter = was.parameter
WHERE is_now.value <> was.value
GROUP BY ALL
ORDER BY ALL
