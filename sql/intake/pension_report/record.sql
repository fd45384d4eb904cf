-- 公的年金等支払報告書: every landed record with its date of birth (its era is in the record) and its sums over the parts of
-- 所法203の3, under each of which a payer may have paid.
SELECT
  landed.*,
  CASE WHEN born.day BETWEEN born_era.first_on AND born_era.last_on THEN born.day END AS born_on,
  coalesce(landed.part_1_paid_yen, 0) + coalesce(landed.part_2_paid_yen, 0) + coalesce(landed.part_3_paid_yen, 0)
    + coalesce(landed.part_4_paid_yen, 0) AS paid_yen,
  coalesce(landed.part_1_withheld_yen, 0) + coalesce(landed.part_2_withheld_yen, 0)
    + coalesce(landed.part_3_withheld_yen, 0) + coalesce(landed.part_4_withheld_yen, 0) AS withheld_yen,
  paid_yen AS amount_yen
FROM landed
LEFT JOIN era AS born_era ON born_era.code = landed.born_era
LEFT JOIN LATERAL (
  SELECT TRY_CAST(format('{:04d}-{:02d}-{:02d}', born_era.year_before + landed.born_year, landed.born_month,
                         landed.born_day) AS DATE) AS day
) AS born ON true
