-- 294条3項の通知 received (interim layout): every landed record; a day that isn't YYYY-MM-DD is NULL and among impossible_items. There are no yen in it.
SELECT
  *,
  list_filter([
    CASE WHEN notified_on IS NOT NULL AND notified_day IS NULL THEN 6 END,
    CASE WHEN born_on IS NOT NULL AND born_day IS NULL THEN 10 END,
    CASE WHEN lives_there_since_on IS NOT NULL AND lives_there_since_day IS NULL THEN 13 END
  ]::INTEGER[], lambda no: no IS NOT NULL) AS impossible_items,
  0::BIGINT AS amount_yen
FROM (
  SELECT
    landed.*,
    CASE WHEN regexp_full_match(COLUMNS('^(.*)_on$'), '[0-9]{4}-[0-9]{2}-[0-9]{2}')
      THEN TRY_CAST(COLUMNS('^(.*)_on$') AS DATE) END AS '\1_day'
  FROM landed
)
