-- 給与所得者異動届出書 (interim layout): every landed record; its dates, of which one that isn't YYYY-MM-DD is NULL. There are no yen in it.
SELECT
  landed.*,
  CASE WHEN regexp_full_match(COLUMNS('^(.*)_on$'), '[0-9]{4}-[0-9]{2}-[0-9]{2}')
    THEN TRY_CAST(COLUMNS('^(.*)_on$') AS DATE) END AS '\1_day',
  0::BIGINT AS amount_yen
FROM landed
