-- Every record that validation stopped in a file that was taken in, and where it stands by the last decision that was carried out;
-- `rechecked_by`: the last decision after which the rules were asked again.
SELECT
  stopped.file_no,
  stopped.record_no,
  stopped.amount_yen,
  coalesce(last_settled.outcome, 'quarantined') AS outcome,
  last_settled.decision_no,
  coalesce(last_settled.settled_yen, 0) AS settled_yen,
  rechecked.decision_no AS rechecked_by
FROM (
  SELECT file_no, record_no, max(amount_yen) AS amount_yen
  FROM ledger.record_exception
  JOIN ledger.source_file USING (file_no)
  WHERE severity = 'critical' AND verdict = 'loaded'
  GROUP BY file_no, record_no
) AS stopped
LEFT JOIN (
  SELECT file_no, record_no, decision_no, outcome, settled_yen
  FROM ledger.record_settlement
  WHERE outcome <> 'refused'
  QUALIFY row_number() OVER (PARTITION BY file_no, record_no ORDER BY decision_no DESC) = 1
) AS last_settled USING (file_no, record_no)
LEFT JOIN (
  SELECT file_no, record_no, max(decision_no) AS decision_no
  FROM ledger.record_settlement
  WHERE outcome IN ('accepted', 'duplicate', 'quarantined')
  GROUP BY file_no, record_no
) AS rechecked USING (file_no, record_no)
ORDER BY stopped.file_no, stopped.record_no
