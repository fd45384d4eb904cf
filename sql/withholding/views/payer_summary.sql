-- Every 総括表 with its payer, spelled as in payer_report.
CREATE OR REPLACE TEMP VIEW payer_summary AS
SELECT
  spoken.*,
  concat_ws(chr(31), coalesce(designated_no, ''), coalesce(identity, ''), name, address) AS spelled
FROM (
  SELECT
    fiscal_year,
    submission_kind,
    known_on AS received_on,
    file_no,
    record_no,
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
    paid_yen,
    notice_delivery
  FROM pinned_wage_report_summary
) AS spoken
