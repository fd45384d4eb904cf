-- Every file that was refused as a whole: none of its records counts or can be worked on. It stands as record 0 of itself, until an officer
-- returns or rejects it; `outcome`: file_refused, returned, rejected.
SELECT
  file.file_no,
  CAST(0 AS BIGINT) AS record_no,
  file.read_yen AS amount_yen,
  coalesce(last_settled.outcome, 'file_refused') AS outcome,
  last_settled.decision_no,
  file.verdict_reason || ' ／ 対処: 送付元に正しいファイルを求め（返戻は `juminzei quarantine return ' || file.file_no || ' 0`）、届いたら受信箱に置いてください。'
    || '一部のレコードだけを直して使うことはできません' AS message
FROM ledger.source_file AS file
LEFT JOIN (
  SELECT file_no, decision_no, outcome
  FROM ledger.record_settlement
  WHERE outcome <> 'refused' AND record_no = 0
  QUALIFY row_number() OVER (PARTITION BY file_no ORDER BY decision_no DESC) = 1
) AS last_settled USING (file_no)
WHERE file.verdict = 'refused'
ORDER BY file.file_no
