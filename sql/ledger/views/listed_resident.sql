-- The register of 1 January as its extract of the pinned fiscal year lists it: the newest revision of each person.
CREATE OR REPLACE TEMP VIEW listed_resident AS
SELECT pinned_resident.*
FROM pinned_resident
JOIN (
  SELECT fiscal_year, taxpayer_no, max(revision) AS revision
  FROM pinned_resident
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
  GROUP BY fiscal_year, taxpayer_no
) USING (fiscal_year, taxpayer_no, revision);
