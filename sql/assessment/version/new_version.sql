-- 新しい賦課の版（最後の版と内容の違う者だけ）
-- `figures` are this run's figures, `last_version` what was last decided in the ward. A version names the one that it replaces;
-- figures that came out the same make none: pipelines/assessment/ledger_run.py ends this with a WHERE over every kept figure.
SELECT
  figures.*,
  coalesce(last_version.version, 0) + 1 AS version,
  last_version.version AS replaces_version,
  CASE WHEN last_version.version IS NULL THEN 'initial' ELSE 'correction' END AS reason
FROM figures
LEFT JOIN last_version USING (taxpayer_no, ward_code)
