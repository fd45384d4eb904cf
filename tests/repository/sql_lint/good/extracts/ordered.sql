-- Nothing here depends on threads, clocks or chance.
CREATE OR REPLACE TEMP MACRO whole(part, unit) AS part // unit * unit;

WITH ranked AS (
  SELECT
    a.taxpayer_no,
    a.annual_tax_yen,
    row_number() OVER (PARTITION BY a.taxpayer_no ORDER BY a.version DESC) AS newest_first,
    lag(a.version) OVER by_version AS version_before,
    list(a.version) FILTER (WHERE a.version > 1) OVER (PARTITION BY a.taxpayer_no ORDER BY a.version) AS versions_so_far
  FROM pinned_assessment AS a
  WINDOW by_version AS (PARTITION BY a.taxpayer_no ORDER BY a.version)
)
SELECT DISTINCT ON (taxpayer_no)
  taxpayer_no,
  string_agg(ward_code, '、' ORDER BY ward_code) AS wards,
  array(SELECT m.taxpayer_no FROM pinned_membership AS m ORDER BY m.taxpayer_no) AS members,
  sum(annual_tax_yen)::BIGINT AS annual_tax_yen,
  'now() / current_date' AS text_is_no_code
FROM ranked
WHERE ?::BIGINT IS NULL
ORDER BY taxpayer_no NULLS FIRST
LIMIT 100;

COPY (SELECT taxpayer_no FROM ranked ORDER BY taxpayer_no) TO 'list.csv' (FORMAT csv);
