-- What is to go back to its sender: records, and files refused as a whole (record 0), that an officer returned and that nobody has decided
-- on since.
WITH stopped AS (
  SELECT stopped.file_no, record_no, stopped.outcome, stopped.decision_no, rule, split_part(message, ' ／ 対処:', 1) AS told
  FROM stopped_record AS stopped
  JOIN standing_reason USING (file_no, record_no)
  WHERE severity = 'critical'
  UNION ALL
  SELECT file_no, record_no, outcome, decision_no, 'file', split_part(message, ' ／ 対処:', 1)
  FROM refused_file
)
SELECT
  file.sender AS "送付元",
  file.received_on AS "受付日",
  file.file_name AS "ファイル",
  stopped.record_no AS "レコード",
  string_agg(stopped.told, '。' ORDER BY stopped.rule) AS "指摘",
  decision.reason AS "返戻の理由",
  decision.decided_on AS "返戻日"
FROM stopped
JOIN ledger.source_file AS file USING (file_no)
JOIN ledger.decision AS decision ON decision.decision_no = stopped.decision_no
WHERE stopped.outcome = 'returned'
GROUP BY file.sender, file.received_on, file.file_name, stopped.file_no, stopped.record_no, decision.reason, decision.decided_on
ORDER BY file.sender, file.received_on, file.file_name, stopped.file_no, stopped.record_no
