-- Of what a backfill decided anew: how many levies whose standing decision the plan's range does not hold, and the days of these decisions.
SELECT count(*) AS levy_count, min(decided_on) AS first_on, max(decided_on) AS last_on
FROM (
  SELECT earlier_decided_on AS decided_on FROM pair WHERE earlier_version IS NOT NULL
  UNION ALL
  SELECT house_levy.decided_on
  FROM difference_key AS key
  JOIN ledger.house_levy AS house_levy USING (fiscal_year, taxpayer_no, ward_code)
  WHERE levy_kind = 'house_levy' AND house_levy_version = first_version - 1
) AS replaced
WHERE decided_on NOT BETWEEN $first AND $to
