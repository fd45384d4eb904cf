-- TEMP VIEW newest_house_levy: 家屋敷・事務所等の均等割 of the pinned fiscal year as last decided, a row a person and ward where there is any, with name and
-- address of 1 January; of who did not live here then, those last known.
CREATE OR REPLACE TEMP VIEW newest_house_levy AS
SELECT levy.*, coalesce(person.name, addressee.name) AS name, coalesce(person.address, addressee.address) AS address
FROM (
  FROM pinned_house_levy
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
  QUALIFY annual_tax_yen > 0 AND row_number() OVER (PARTITION BY taxpayer_no, ward_code ORDER BY house_levy_version DESC) = 1
) AS levy
LEFT JOIN addressee_of_year AS addressee USING (taxpayer_no)
LEFT JOIN person_of_year AS person USING (taxpayer_no)
