-- assessed: one row a taxpayer: the newest version of the assessment under the newest tax base. A person who moved to
-- another ward by a correction has an assessment in each; the one of the newest tax base is in force.
WITH newest AS (
  SELECT taxpayer_no, ward_code, version
  FROM pinned_assessment
  WHERE fiscal_year = $fiscal_year
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY tax_base_version DESC, version DESC, ward_code) = 1
)
SELECT *
FROM pinned_assessment
SEMI JOIN newest USING (taxpayer_no, ward_code, version)
WHERE fiscal_year = $fiscal_year
