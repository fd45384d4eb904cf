-- What officers decided of one stopped record, and what came of it.
SELECT
  settlement.decision_no AS "決定番号",
  decision.decided_on AS "決定日",
  CASE settlement.verdict WHEN 'correct' THEN '訂正' WHEN 'release' THEN '解除' WHEN 'recheck' THEN '再検査'
    WHEN 'reject' THEN '不採用' WHEN 'return' THEN '返戻'
    ELSE settlement.verdict END AS "決定",
  CASE settlement.outcome WHEN 'quarantined' THEN '再び保留' WHEN 'accepted' THEN '受理' WHEN 'duplicate' THEN '重複'
    WHEN 'rejected' THEN '不採用' WHEN 'returned' THEN '返戻' WHEN 'refused' THEN '実行できず' END AS "結果",
  coalesce(settlement.document_no::VARCHAR, '') AS "資料番号",
  decision.officer AS "職員",
  decision.reason AS "理由",
  settlement.message AS "説明"
FROM ledger.record_settlement AS settlement
JOIN ledger.decision AS decision USING (decision_no)
WHERE settlement.file_no = $file_no AND settlement.record_no = $record_no
ORDER BY settlement.decision_no
