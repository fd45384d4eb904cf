-- Account transfers (interim layout): every landed record with its dates, of which one that isn't YYYY-MM-DD is NULL and among impossible_items, and its
-- kind of tax in the ledger's words.
SELECT
  *,
  list_filter([
    CASE WHEN from_on IS NOT NULL AND from_day IS NULL THEN 4 END,
    CASE WHEN to_on IS NOT NULL AND to_day IS NULL THEN 5 END
  ]::INTEGER[], lambda no: no IS NOT NULL) AS impossible_items,
  0::BIGINT AS amount_yen
FROM (
  SELECT
    landed.*,
    CASE tax_item WHEN '1' THEN 'resident_tax' WHEN '9' THEN 'other' END AS kind,
    CASE WHEN regexp_full_match(COLUMNS('^(.*)_on$'), '[0-9]{4}-[0-9]{2}-[0-9]{2}')
      THEN TRY_CAST(COLUMNS('^(.*)_on$') AS DATE) END AS '\1_day'
  FROM landed
)
