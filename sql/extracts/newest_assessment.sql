-- TEMP VIEW newest_assessment: the newest version of each assessment of the pinned fiscal year, with name and address of 1 January; of who did
-- not live here then, those last known.
CREATE OR REPLACE TEMP VIEW newest_assessment AS
SELECT a.*, coalesce(person.name, addressee.name) AS name,
  coalesce(person.address, addressee.address) AS address
FROM pinned_assessment a
JOIN (
  SELECT fiscal_year, taxpayer_no, ward_code, max(version) AS version
  FROM pinned_assessment GROUP BY fiscal_year, taxpayer_no, ward_code
) n USING (fiscal_year, taxpayer_no, ward_code, version)
LEFT JOIN addressee_of_year AS addressee USING (taxpayer_no)
LEFT JOIN person_of_year AS person USING (taxpayer_no)
