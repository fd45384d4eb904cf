-- TEMP VIEW told_levy: the newest version of each taxpayer's assessment, and which version the tax notices have told, one row a taxpayer of the pinned year
-- A version is told by its ward too (737①): version 1 of another ward is not the one that was told. Notices before format 6 do not say their ward: that of
-- the newest version is meant. Every notice of the year counts for the number; what came back and is to be sent again told nobody anything.
CREATE OR REPLACE TEMP VIEW told_levy AS
WITH newest AS (
  SELECT fiscal_year, taxpayer_no, ward_code, version, ordinary_instalments_yen
  FROM pinned_assessment
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY commit_no DESC, version DESC, ward_code) = 1
),
sent AS (
  SELECT
    taxpayer_no,
    coalesce(notice.ward_code, newest.ward_code) AS told_ward_code,
    notice.version AS told_version,
    notice.notice_state = 'resent' AS resent,
    count(*) OVER (PARTITION BY taxpayer_no) AS notice_count,
    row_number() OVER (PARTITION BY taxpayer_no ORDER BY notice.commit_no DESC, notice_no DESC) AS nth
  FROM standing_notice AS notice
  JOIN newest USING (fiscal_year, taxpayer_no)
  WHERE notice_kind IN ('first_notice', 'change_notice')
),
told AS (
  FROM sent
  WHERE NOT resent
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY nth) = 1
),
last_sent AS (
  FROM sent
  WHERE nth = 1
)
SELECT
  newest.*,
  told.told_ward_code,
  told.told_version,
  coalesce(last_sent.resent, false) AS resent,
  coalesce(last_sent.notice_count, 0) AS notice_count
FROM newest
LEFT JOIN told USING (taxpayer_no)
LEFT JOIN last_sent USING (taxpayer_no);
