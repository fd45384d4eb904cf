-- Decisions of 減免 (interim layout): every landed record with its dates, of which one that isn't YYYY-MM-DD is NULL and among impossible_items, and its
-- numbers; what was decided in yen is the record's amount.
SELECT
  *,
  list_filter([
    CASE WHEN applied_on IS NOT NULL AND applied_day IS NULL THEN 7 END,
    CASE WHEN decided_on IS NOT NULL AND decided_day IS NULL THEN 8 END
  ]::INTEGER[], lambda no: no IS NOT NULL) AS impossible_items,
  coalesce(reduced_yen, 0) AS amount_yen
FROM (
  SELECT
    landed.*,
    fiscal_year AS decided_year,
    TRY_CAST(from_period AS INTEGER) AS first_period,
    TRY_CAST(part_numerator AS INTEGER) AS numerator,
    TRY_CAST(part_denominator AS INTEGER) AS denominator,
    CASE WHEN regexp_full_match(COLUMNS('^(applied|decided)_on$'), '[0-9]{4}-[0-9]{2}-[0-9]{2}')
      THEN TRY_CAST(COLUMNS('^(applied|decided)_on$') AS DATE) END AS '\1_day'
  FROM landed
)
