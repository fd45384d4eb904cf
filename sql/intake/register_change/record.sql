-- Changes of the register (interim layout): every landed record with its dates, of which one that isn't YYYY-MM-DD is NULL and among impossible_items,
-- and its kind in the ledger's words.
SELECT
  *,
  list_filter([
    CASE WHEN happened_on IS NOT NULL AND happened_day IS NULL THEN 4 END,
    CASE WHEN notified_on IS NOT NULL AND notified_day IS NULL THEN 5 END,
    CASE WHEN born_on IS NOT NULL AND born_day IS NULL THEN 11 END
  ]::INTEGER[], lambda no: no IS NOT NULL) AS impossible_items,
  0::BIGINT AS amount_yen
FROM (
  SELECT
    landed.*,
    CASE change_kind
      WHEN '01' THEN 'born'
      WHEN '02' THEN 'moved_in'
      WHEN '03' THEN 'moved_within'
      WHEN '04' THEN 'renamed'
      WHEN '05' THEN 'moved_out'
      WHEN '06' THEN 'died'
      WHEN '07' THEN 'deleted'
      WHEN '08' THEN 'restored'
      WHEN '09' THEN 'protection_began'
      WHEN '10' THEN 'protection_ended'
    END AS kind,
    CASE WHEN regexp_full_match(COLUMNS('^(.*)_on$'), '[0-9]{4}-[0-9]{2}-[0-9]{2}')
      THEN TRY_CAST(COLUMNS('^(.*)_on$') AS DATE) END AS '\1_day'
  FROM landed
)
