-- The directory of municipalities as of the pinned day, and the codes to which letters or documents must go that it does not have.
WITH wanted AS (
  SELECT january_municipality AS municipality_code FROM absence_of_year
  UNION
  SELECT registered_municipality FROM standing_outside WHERE entry_kind = 'taxed_here'
  UNION
  SELECT detail FROM pinned_decision WHERE decision_kind = 'link' AND verdict = 'forward'
  UNION
  SELECT sender_municipality FROM pinned_relative_inquiry
)
SELECT
  municipality_code AS "団体コード",
  coalesce(known.municipality_name, '') AS "市区町村",
  coalesce(known.office_name, '') AS "担当課",
  coalesce(known.postcode, '') AS "郵便番号",
  coalesce(known.address, '') AS "所在地",
  CASE WHEN known.municipality_code IS NULL THEN '名簿にない（municipality_directory に加える）' ELSE '' END AS "所見"
FROM municipality_of_day AS known
FULL JOIN (FROM wanted WHERE municipality_code <> '' AND municipality_code IS NOT NULL) AS wanted USING (municipality_code)
ORDER BY municipality_code
