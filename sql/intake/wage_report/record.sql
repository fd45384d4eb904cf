-- 給与支払報告書: every landed record with its dates. The era of 生年月日 is in the record (item 44); 年分, 就退職 and 居住年月日
-- carry only a year of an era, which the fiscal year of the batch anchors.
SELECT
  landed.*,
  CASE WHEN born.day BETWEEN born_era.first_on AND born_era.last_on THEN born.day END AS born_on,
  CASE WHEN landed.employment_changed_year = batch.era_year
    THEN TRY_CAST(format('{:04d}-{:02d}-{:02d}', batch.income_year, landed.employment_changed_month,
                         landed.employment_changed_day) AS DATE) END AS employment_changed_on,
  -- A house is moved into not after the income year: 令和 where that fits, 平成 where it doesn't.
  CASE WHEN reiwa.year_before + landed.housing_moved_in_year <= batch.income_year
    THEN TRY_CAST(format('{:04d}-{:02d}-{:02d}', reiwa.year_before + landed.housing_moved_in_year,
                         landed.housing_moved_in_month, landed.housing_moved_in_day) AS DATE)
    ELSE TRY_CAST(format('{:04d}-{:02d}-{:02d}', heisei.year_before + landed.housing_moved_in_year,
                         landed.housing_moved_in_month, landed.housing_moved_in_day) AS DATE) END AS housing_moved_in_on,
  nullif(translate(regexp_extract(landed.remarks, '普[ 　]*([A-FＡ-Ｆ])', 1), 'ＡＢＣＤＥＦ', 'ABCDEF'), '') AS ordinary_reason,
  -- A sign of that form that is none: other letters, small ones, digits.
  regexp_matches(landed.remarks, '普[ 　]*[G-ZＧ-Ｚa-zａ-ｚ0-9０-９]') AS strange_reason,
  coalesce(landed.paid_yen, 0) AS amount_yen
FROM landed
CROSS JOIN batch
CROSS JOIN (SELECT year_before FROM era WHERE name = '令和') AS reiwa
CROSS JOIN (SELECT year_before FROM era WHERE name = '平成') AS heisei
LEFT JOIN era AS born_era ON born_era.code = landed.born_era
LEFT JOIN LATERAL (
  SELECT TRY_CAST(format('{:04d}-{:02d}-{:02d}', born_era.year_before + landed.born_year, landed.born_month,
                         landed.born_day) AS DATE) AS day
) AS born ON true
