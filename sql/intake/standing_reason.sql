-- What the rules say of each stopped record now: on arrival, or after the last decision that had them asked again.
SELECT stopped.file_no, stopped.record_no, reason.rule, reason.severity, reason.item_no, reason.message
FROM stopped_record AS stopped
JOIN ledger.record_exception AS reason USING (file_no, record_no)
WHERE stopped.rechecked_by IS NULL
UNION ALL BY NAME
SELECT stopped.file_no, stopped.record_no, reason.rule, reason.severity, reason.item_no, reason.message
FROM stopped_record AS stopped
JOIN ledger.recheck_exception AS reason ON reason.decision_no = stopped.rechecked_by
ORDER BY file_no, record_no, rule
