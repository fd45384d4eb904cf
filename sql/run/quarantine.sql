-- Records that validation stopped and that wait for a person: which file, which record, which item, why, what to do; and files that were
-- refused as a whole, as record 0. With $everything also those that are settled, the records of refused files, and warnings on accepted
-- records.
WITH reason AS (
  SELECT standing.*, stopped.amount_yen, stopped.outcome
  FROM standing_reason AS standing
  JOIN stopped_record AS stopped USING (file_no, record_no)
  UNION ALL BY NAME
  SELECT exception.file_no, exception.record_no, exception.rule, exception.severity, exception.item_no, exception.message,
    exception.amount_yen, CASE file.verdict WHEN 'refused' THEN 'file_refused' ELSE 'warned' END AS outcome
  FROM ledger.record_exception AS exception
  JOIN ledger.source_file AS file USING (file_no)
  ANTI JOIN stopped_record AS stopped USING (file_no, record_no)
  UNION ALL BY NAME
  SELECT file_no, record_no, 'file' AS rule, 'critical' AS severity, NULL AS item_no, message, amount_yen,
    CASE outcome WHEN 'file_refused' THEN 'whole_file_refused' ELSE outcome END AS outcome
  FROM refused_file
)
SELECT
  reason.file_no AS "ファイル番号",
  file.file_name AS "ファイル",
  reason.record_no AS "レコード",
  reason.rule AS "規則",
  CASE reason.severity WHEN 'critical' THEN '停止' WHEN 'waived' THEN '解除' ELSE '警告' END AS "扱い",
  reason.message AS "説明",
  reason.amount_yen AS "円",
  CASE reason.outcome
    WHEN 'quarantined' THEN '保留中' WHEN 'accepted' THEN '受理' WHEN 'duplicate' THEN '重複' WHEN 'rejected' THEN '不採用'
    WHEN 'returned' THEN '返戻' WHEN 'warned' THEN '受理（注意）' WHEN 'file_refused' THEN 'ファイルごと受付不可'
    WHEN 'whole_file_refused' THEN 'ファイルごと受付不可'
  END AS "状態"
FROM reason
JOIN ledger.source_file AS file USING (file_no)
WHERE $everything OR reason.outcome IN ('quarantined', 'whole_file_refused')
ORDER BY reason.file_no, reason.record_no, reason.rule
