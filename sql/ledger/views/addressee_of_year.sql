-- How everybody whom the pinned fiscal year concerns is called and where each lives as far as is known now: the newest state by 異動日,
-- whichever side of 1 January it lies on, also of those who have moved away. 支援措置 follows its newest change; an extract that came later
-- may add it, and only a change that says so ends it before the day.
CREATE OR REPLACE TEMP VIEW addressee_of_year AS
WITH named AS (
  SELECT taxpayer_no, name, known_on
  FROM standing_change
  WHERE name IS NOT NULL
    AND happened_on <= getvariable('pinned_as_of')
    AND change_kind IN ('born', 'moved_in', 'restored', 'renamed')
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY change_order DESC) = 1
),
placed AS (
  SELECT taxpayer_no, postcode, address, known_on
  FROM standing_change
  WHERE address IS NOT NULL
    AND postcode IS NOT NULL
    AND happened_on <= getvariable('pinned_as_of')
    AND change_kind IN ('born', 'moved_in', 'restored', 'moved_within', 'moved_out')
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY change_order DESC) = 1
),
protection AS (
  SELECT taxpayer_no, change_kind = 'protection_began' AS began, known_on
  FROM standing_change
  WHERE change_kind = 'protection_began'
    OR (change_kind = 'protection_ended' AND happened_on <= getvariable('pinned_as_of'))
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY change_order DESC) = 1
),
outside AS (
  FROM standing_outside
  WHERE entry_kind IN ('taxed_here', 'house')
  QUALIFY row_number() OVER (
    PARTITION BY taxpayer_no ORDER BY from_on DESC, known_on DESC, file_no DESC, record_no DESC
  ) = 1
),
everybody AS (
  SELECT taxpayer_no FROM listed_resident
  UNION
  SELECT taxpayer_no FROM named
  UNION
  SELECT taxpayer_no FROM placed
  UNION
  SELECT taxpayer_no FROM outside
)
SELECT
  taxpayer_no,
  coalesce(
    CASE WHEN named.known_on >= coalesce(listed.known_on, named.known_on) THEN named.name END,
    listed.name,
    outside.name
  ) AS name,
  coalesce(
    CASE WHEN placed.known_on >= coalesce(listed.known_on, placed.known_on) THEN placed.postcode END,
    listed.postcode,
    outside.postcode
  ) AS postcode,
  coalesce(
    CASE WHEN placed.known_on >= coalesce(listed.known_on, placed.known_on) THEN placed.address END,
    listed.address,
    outside.address
  ) AS address,
  CASE
    WHEN protection.began THEN true
    WHEN protection.known_on >= listed.known_on THEN false
    ELSE coalesce(listed.protected_address, false)
  END AS protected_address
FROM everybody
LEFT JOIN listed_resident AS listed USING (taxpayer_no)
LEFT JOIN named USING (taxpayer_no)
LEFT JOIN placed USING (taxpayer_no)
LEFT JOIN outside USING (taxpayer_no)
LEFT JOIN protection USING (taxpayer_no);
