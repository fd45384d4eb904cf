-- TEMP VIEW newest_assessment: the newest version of each assessment of the pinned fiscal year, with the register of 1 January.
CREATE OR REPLACE TEMP VIEW newest_assessment AS
SELECT a.*, r.name, CASE WHEN r.protected_address THEN '' ELSE r.address END AS shown_address, r.address
FROM pinned_assessment a
JOIN (
  SELECT fiscal_year, taxpayer_no, ward_code, max(version) AS version
  FROM pinned_assessment GROUP BY fiscal_year, taxpayer_no, ward_code
) n USING (fiscal_year, taxpayer_no, ward_code, version)
LEFT JOIN (
  SELECT fiscal_year, taxpayer_no, name, address, protected_address, revision FROM pinned_resident
  JOIN (SELECT fiscal_year, taxpayer_no, max(revision) AS revision FROM pinned_resident GROUP BY fiscal_year, taxpayer_no)
    USING (fiscal_year, taxpayer_no, revision)
) r USING (fiscal_year, taxpayer_no)
