-- To whom a notice about a person's own tax goes, and where, as of the pinned day: one row a person. The law's order (法9の2, 300, 20①): of who
-- has died, to the 相続人代表者; else to the 納税管理人; else to the 送付先; else home.
-- Under 支援措置 nothing goes anywhere but to a 送付先 that was told after the protection was: an older one may be the very place that the person
-- fled. `postcode` and `address` are then NULL where there is none, and `home_address` always: no notice can print what it does not get.
-- A later year's register may be the first that tells of the protection, so that it counts here too.
CREATE OR REPLACE TEMP VIEW notice_addressee AS
WITH protection_fact AS (
  SELECT taxpayer_no, change_kind = 'protection_began' AS began, known_on
  FROM standing_change
  WHERE change_kind = 'protection_began'
    OR (change_kind = 'protection_ended' AND happened_on <= getvariable('pinned_as_of'))
  UNION ALL
  SELECT taxpayer_no, true, known_on FROM pinned_resident WHERE protected_address
),
ended AS (
  SELECT taxpayer_no, max(known_on) AS ended_on FROM protection_fact WHERE NOT began GROUP BY taxpayer_no
),
since AS (
  SELECT taxpayer_no, min(known_on) AS protected_since
  FROM protection_fact
  LEFT JOIN ended USING (taxpayer_no)
  WHERE began AND known_on >= coalesce(ended_on, known_on)
  GROUP BY taxpayer_no
),
later_listing AS (
  SELECT taxpayer_no, bool_or(protected_address) AS protected_later
  FROM (
    SELECT taxpayer_no, protected_address
    FROM pinned_resident
    WHERE fiscal_year > getvariable('pinned_fiscal_year')
    QUALIFY row_number() OVER (PARTITION BY taxpayer_no, fiscal_year ORDER BY revision DESC) = 1
  )
  GROUP BY taxpayer_no
),
dead AS (
  SELECT taxpayer_no
  FROM standing_change
  WHERE change_kind IN ('born', 'moved_in', 'restored', 'died') AND happened_on <= getvariable('pinned_as_of')
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY change_order DESC) = 1 AND change_kind = 'died'
),
person AS (
  SELECT
    addressee.* EXCLUDE (protected_address),
    addressee.protected_address OR coalesce(later_listing.protected_later, false) AS protected_address,
    dead.taxpayer_no IS NOT NULL AS deceased
  FROM addressee_of_year AS addressee
  LEFT JOIN later_listing USING (taxpayer_no)
  LEFT JOIN dead USING (taxpayer_no)
),
stand_in AS (
  SELECT entry.taxpayer_no, entry.entry_kind, entry.name, entry.postcode, entry.address
  FROM standing_outside AS entry
  JOIN person USING (taxpayer_no)
  LEFT JOIN since USING (taxpayer_no)
  WHERE entry.from_on <= getvariable('pinned_as_of')
    AND coalesce(entry.to_on >= getvariable('pinned_as_of'), true)
    AND CASE
      WHEN person.protected_address
        THEN entry.entry_kind = 'mailing' AND entry.known_on >= since.protected_since AND NOT person.deceased
      WHEN person.deceased THEN entry.entry_kind = 'heir_representative'
      ELSE entry.entry_kind IN ('tax_agent', 'mailing')
    END
  QUALIFY row_number() OVER (
    PARTITION BY entry.taxpayer_no
    ORDER BY entry.entry_kind = 'tax_agent' DESC, entry.from_on DESC, entry.known_on DESC, entry.file_no DESC, entry.record_no DESC
  ) = 1
)
SELECT
  taxpayer_no,
  person.name,
  CASE WHEN NOT person.protected_address THEN person.address END AS home_address,
  CASE
    WHEN stand_in.taxpayer_no IS NOT NULL THEN stand_in.entry_kind
    WHEN person.protected_address THEN 'protected'
    WHEN person.deceased THEN 'deceased'
    ELSE 'taxpayer'
  END AS addressee_kind,
  CASE WHEN stand_in.taxpayer_no IS NOT NULL THEN stand_in.name ELSE person.name END AS addressee_name,
  CASE
    WHEN stand_in.taxpayer_no IS NOT NULL THEN stand_in.postcode
    WHEN NOT person.protected_address AND NOT person.deceased THEN person.postcode
  END AS postcode,
  CASE
    WHEN stand_in.taxpayer_no IS NOT NULL THEN stand_in.address
    WHEN NOT person.protected_address AND NOT person.deceased THEN person.address
  END AS address
FROM person
LEFT JOIN stand_in USING (taxpayer_no);
