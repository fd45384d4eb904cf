-- Answers of the 統合宛名 system (interim layout): every landed record with its day, NULL and among impossible_items when it isn't YYYY-MM-DD.
SELECT
  *,
  list_filter([
    CASE WHEN assigned_on IS NOT NULL AND assigned_day IS NULL THEN 4 END
  ]::INTEGER[], lambda no: no IS NOT NULL) AS impossible_items,
  0::BIGINT AS amount_yen
FROM (
  SELECT
    landed.*,
    CASE WHEN regexp_full_match(COLUMNS('^(.*)_on$'), '[0-9]{4}-[0-9]{2}-[0-9]{2}')
      THEN TRY_CAST(COLUMNS('^(.*)_on$') AS DATE) END AS '\1_day'
  FROM landed
)
