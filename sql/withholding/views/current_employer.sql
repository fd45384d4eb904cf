-- The newest version of every employer, with the one that has taken it over in the end (itself, when it was never merged).
CREATE OR REPLACE TEMP VIEW current_employer AS
WITH RECURSIVE newest AS (
  SELECT employer.*
  FROM pinned_employer AS employer
  JOIN (SELECT designated_no, max(employer_version) AS employer_version FROM pinned_employer GROUP BY designated_no)
    USING (designated_no, employer_version)
),
followed AS (
  SELECT designated_no, designated_no AS successor_no, merged_into AS next_no
  FROM newest
  UNION
  SELECT followed.designated_no, newest.designated_no, newest.merged_into
  FROM followed
  JOIN newest ON newest.designated_no = followed.next_no
)
SELECT newest.*, followed.successor_no
FROM newest
JOIN followed USING (designated_no)
WHERE followed.next_no IS NULL
