-- 市民税・県民税申告書 (interim layout): every landed record; its dates, of which one that isn't YYYY-MM-DD is NULL; its amounts as a
-- list in the layout's order; and `spelling`, which tells apart two records that say different things.
SELECT
  landed.*,
  CASE WHEN regexp_full_match(COLUMNS('^(.*)_on$'), '[0-9]{4}-[0-9]{2}-[0-9]{2}')
    THEN TRY_CAST(COLUMNS('^(.*)_on$') AS DATE) END AS '\1_day',
  [*COLUMNS('_yen$')] AS amounts,
  hash(*COLUMNS(lambda name: name NOT IN ('row_no', 'file_no', 'record_no'))) AS spelling,
  coalesce(landed.total_income_yen, 0) AS amount_yen
FROM landed
