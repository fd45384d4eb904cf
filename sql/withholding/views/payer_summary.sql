-- Every 総括表 with its payer, spelled as in payer_report. One that lay in quarantine became known late, but came when its file came,
-- before a correction that was sent for it.
CREATE OR REPLACE TEMP VIEW payer_summary AS
SELECT
  spoken.*,
  concat_ws(chr(31), coalesce(designated_no, ''), coalesce(identity, ''), name, address) AS spelled
FROM (
  SELECT
    summary.fiscal_year,
    summary.submission_kind,
    coalesce(file.received_on, summary.known_on) AS received_on,
    summary.known_on,
    summary.file_no,
    summary.record_no,
    nullif(payer_designated_no, '') AS designated_no,
    payer_corporate_number AS corporate_number,
    payer_number_id AS number_id,
    coalesce('C' || payer_corporate_number, 'P' || payer_number_id) AS identity,
    payer_name AS name,
    payer_kana AS kana,
    payer_address AS address,
    report_count,
    withholding_count,
    ordinary_leaver_count,
    ordinary_other_count,
    summary.paid_yen,
    notice_delivery
  FROM pinned_wage_report_summary AS summary
  LEFT JOIN pinned_source_file AS file ON file.file_no = summary.file_no
) AS spoken
