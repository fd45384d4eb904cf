-- What is to go back to its sender: records that an officer returned and that nobody has decided on since.
SELECT
  file.sender AS "送付元",
  file.received_on AS "受付日",
  file.file_name AS "ファイル",
  stopped.record_no AS "レコード",
  string_agg(split_part(reason.message, ' ／ 対処:', 1), '。' ORDER BY reason.rule) AS "指摘",
  decision.reason AS "返戻の理由",
  decision.decided_on AS "返戻日"
FROM stopped_record AS stopped
JOIN ledger.source_file AS file USING (file_no)
JOIN standing_reason AS reason USING (file_no, record_no)
JOIN ledger.decision AS decision ON decision.decision_no = stopped.decision_no
WHERE stopped.outcome = 'returned' AND reason.severity = 'critical'
GROUP BY file.sender, file.received_on, file.file_name, stopped.file_no, stopped.record_no, decision.reason, decision.decided_on
ORDER BY file.sender, file.received_on, file.file_name, stopped.file_no, stopped.record_no
