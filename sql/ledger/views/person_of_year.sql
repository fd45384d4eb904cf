-- Who is taxed as living here on 1 January of the pinned fiscal year, and how each was then (法294①一・②・③, 318): the register's extract,
-- with every change since it came whose 異動日 lies not after that day, whenever it was notified; and those taxed without being registered.
-- A change known before the extract came is in the extract already, so that the extract stands. Whom another municipality taxes as living there, as
-- an officer accepted, is nobody of ours (法294④).
CREATE OR REPLACE TEMP VIEW person_of_year AS
WITH extract_came AS (
  SELECT min(known_on) AS known_on FROM pinned_resident WHERE fiscal_year = getvariable('pinned_fiscal_year')
),
counted AS (
  SELECT taxpayer_no, coalesce(listed.known_on, extract_came.known_on, DATE '0001-01-01') AS since
  FROM (SELECT DISTINCT taxpayer_no FROM standing_change) AS changed
  LEFT JOIN listed_resident AS listed USING (taxpayer_no)
  CROSS JOIN extract_came
),
change AS (
  SELECT change.*
  FROM standing_change AS change
  JOIN counted USING (taxpayer_no)
  WHERE change.known_on >= counted.since
    AND change.happened_on <= make_date(getvariable('pinned_fiscal_year'), 1, 1)
),
presence AS (
  SELECT taxpayer_no, presence.present
  FROM presence_of_year AS presence
  JOIN counted USING (taxpayer_no)
  WHERE presence.known_on >= counted.since
),
entry AS (
  SELECT taxpayer_no, household_no, relationship, number_id, born_on, sex
  FROM change
  WHERE change_kind IN ('born', 'moved_in', 'restored') AND born_on IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY change_order DESC) = 1
),
named AS (
  SELECT taxpayer_no, name, kana
  FROM change
  WHERE change_kind IN ('born', 'moved_in', 'restored', 'renamed') AND name IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY change_order DESC) = 1
),
placed AS (
  SELECT taxpayer_no, household_no, relationship, postcode, address, ward_code
  FROM change
  WHERE change_kind IN ('born', 'moved_in', 'restored', 'moved_within') AND address IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY change_order DESC) = 1
),
registered AS (
  SELECT
    taxpayer_no,
    coalesce(placed.household_no, listed.household_no, entry.household_no) AS household_no,
    coalesce(placed.relationship, listed.relationship, entry.relationship) AS relationship,
    coalesce(entry.number_id, listed.number_id) AS number_id,
    coalesce(named.name, listed.name) AS name,
    coalesce(named.kana, listed.kana) AS kana,
    coalesce(entry.born_on, listed.born_on) AS born_on,
    coalesce(entry.sex, listed.sex) AS sex,
    coalesce(placed.postcode, listed.postcode) AS postcode,
    coalesce(placed.address, listed.address) AS address,
    coalesce(placed.ward_code, listed.ward_code) AS ward_code,
    coalesce(listed.public_assistance, false) AS listed_assistance,
    listed.taxpayer_no IS NOT NULL AS listed
  FROM listed_resident AS listed
  FULL JOIN entry USING (taxpayer_no)
  LEFT JOIN named USING (taxpayer_no)
  LEFT JOIN placed USING (taxpayer_no)
  LEFT JOIN presence USING (taxpayer_no)
  WHERE coalesce(presence.present, listed.taxpayer_no IS NOT NULL)
),
unregistered AS (
  SELECT taxpayer_no, number_id, name, kana, born_on, sex, postcode, address, ward_code
  FROM standing_outside
  WHERE entry_kind = 'taxed_here'
    AND from_on <= make_date(getvariable('pinned_fiscal_year'), 1, 1)
    AND coalesce(to_on >= make_date(getvariable('pinned_fiscal_year'), 1, 1), true)
  QUALIFY row_number() OVER (
    PARTITION BY taxpayer_no ORDER BY from_on DESC, known_on DESC, file_no DESC, record_no DESC
  ) = 1
),
taxed AS (
  SELECT *, false AS outside
  FROM registered
  UNION ALL BY NAME
  SELECT *, taxpayer_no AS household_no, '' AS relationship, false AS listed_assistance, false AS listed, true AS outside
  FROM unregistered
  ANTI JOIN registered USING (taxpayer_no)
)
SELECT
  taxed.* EXCLUDE (listed_assistance, listed),
  coalesce(status.assisted, false) OR (taxed.listed_assistance AND NOT coalesce(status.assistance_known, false))
    AS public_assistance
FROM taxed
ANTI JOIN taxed_elsewhere_of_year USING (taxpayer_no)
LEFT JOIN status_of_year AS status USING (taxpayer_no);
