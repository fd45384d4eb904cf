-- Records that validation stopped: which file, which record, which item, why, what to do.
SELECT e.file_no AS "ファイル番号", f.file_name AS "ファイル", e.record_no AS "レコード", e.rule AS "規則",
       CASE e.severity WHEN 'critical' THEN '停止' ELSE '警告' END AS "扱い", e.message AS "説明", e.amount_yen AS "円"
FROM ledger.record_exception e
JOIN ledger.source_file f USING (file_no)
WHERE (?::BIGINT IS NULL OR e.file_no = ?::BIGINT) AND (?::BIGINT IS NULL OR e.record_no = ?::BIGINT)
ORDER BY e.file_no, e.record_no, e.rule
