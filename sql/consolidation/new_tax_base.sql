-- Bases that say something else than the newest one of the taxpayer; structs are compared by the names of their columns.
SELECT
  content.*,
  coalesce(newest.tax_base_version, 0) + 1 AS tax_base_version
FROM supplemented AS content
LEFT JOIN tax_base_of_year AS newest USING (taxpayer_no)
LEFT JOIN (SELECT * EXCLUDE (tax_base_version) FROM tax_base_of_year) AS said USING (taxpayer_no)
WHERE content IS DISTINCT FROM said
ORDER BY content.taxpayer_no
