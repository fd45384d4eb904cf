-- Employers whose mergers lead nowhere or in a circle: they would be no current employer.
SELECT
  (SELECT count(DISTINCT designated_no) FROM pinned_employer) AS employers,
  (SELECT count(*) FROM current_employer WHERE merged_into IS NOT NULL) AS merged,
  (SELECT count(DISTINCT designated_no) FROM pinned_employer)
    - (SELECT count(DISTINCT designated_no) FROM current_employer) AS broken
