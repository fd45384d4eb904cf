-- What payers with a number said of themselves: of reports the first of each spelling, of 総括表 every one. `said_no` counts in
-- the order in which it was received, `known_on` tells since when the ledger has it.
SELECT
  row_number() OVER (ORDER BY said_on, kind, file_no, record_no) AS said_no,
  said.*
FROM (
  SELECT 'report' AS kind, received_on AS said_on, received_on AS known_on, file_no, record_no, designated_no, corporate_number, number_id, identity,
    name, NULL AS kana, address, NULL AS notice_delivery
  FROM payer_report
  WHERE designated_no IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY spelled ORDER BY received_on, file_no, record_no) = 1
  UNION ALL BY NAME
  SELECT 'summary' AS kind, received_on AS said_on, known_on, file_no, record_no, designated_no, corporate_number, number_id, identity,
    name, kana, address, notice_delivery
  FROM payer_summary
  WHERE designated_no IS NOT NULL
) AS said
