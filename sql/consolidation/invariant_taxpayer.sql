-- Taxpayers of the fiscal year who have a base, and those who have two newest ones or a gap in their versions.
SELECT
  count(*) AS taxpayers,
  count(*) FILTER (WHERE newest > 1) AS twice,
  count(*) FILTER (WHERE versions <> last_version) AS with_gaps
FROM (
  SELECT
    base.taxpayer_no,
    count(*) AS versions,
    max(base.tax_base_version) AS last_version,
    count(*) FILTER (WHERE base.tax_base_version = newest.tax_base_version) AS newest
  FROM pinned_tax_base AS base
  JOIN (SELECT DISTINCT taxpayer_no, tax_base_version FROM tax_base_of_year) AS newest USING (taxpayer_no)
  WHERE base.fiscal_year = $fiscal_year
  GROUP BY base.taxpayer_no
)
