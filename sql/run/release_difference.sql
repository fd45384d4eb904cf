-- What a release (`staged_now`) changes beside what was told before (`staged_before`), by subject: how many are added, gone, changed, and the yen.
WITH now AS (
  SELECT subject, list(line ORDER BY line) AS lines, sum(yen)::BIGINT AS yen FROM staged_now GROUP BY subject
),
before AS (
  SELECT subject, list(line ORDER BY line) AS lines, sum(yen)::BIGINT AS yen FROM staged_before GROUP BY subject
)
SELECT
  count(*) FILTER (WHERE before.subject IS NULL) AS added,
  count(*) FILTER (WHERE now.subject IS NULL) AS gone,
  count(*) FILTER (WHERE now.lines <> before.lines) AS changed,
  coalesce(sum(now.yen), 0)::BIGINT - coalesce(sum(before.yen), 0)::BIGINT AS more_yen
FROM now
FULL JOIN before USING (subject)
