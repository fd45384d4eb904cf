-- Versions of employers that do not count from 1 without a gap.
SELECT count(*) AS employers, count(*) FILTER (WHERE last_version <> version_count OR first_version <> 1) AS broken
FROM (
  SELECT
    designated_no,
    min(employer_version) AS first_version,
    max(employer_version) AS last_version,
    count(*) AS version_count
  FROM pinned_employer
  GROUP BY designated_no
)
