-- 受付: 止めたレコードの件数と円 = 保留中 + 受理 + 重複 + 不採用 + 返戻
WITH settled AS (
  SELECT * FROM ledger.record_settlement
  WHERE outcome <> 'refused'
  QUALIFY row_number() OVER (PARTITION BY file_no, record_no ORDER BY decision_no DESC) = 1
),
stopped AS (
  SELECT file_no, record_no, max(amount_yen) AS amount_yen
  FROM ledger.record_exception
  WHERE severity = 'critical'
  GROUP BY file_no, record_no
),
standing AS (
  SELECT file_no, record_no, stopped.amount_yen, coalesce(settled.outcome, 'quarantined') AS outcome,
    settled.outcome IS NULL OR stopped.amount_yen IS NOT DISTINCT FROM settled.amount_yen AS same_yen
  FROM stopped
  FULL JOIN settled USING (file_no, record_no)
),
by_file AS (
  SELECT source_file.file_no, min(source_file.quarantined_count) AS arrived_count, min(source_file.quarantined_yen) AS arrived_yen,
    count(standing.record_no) AS found_count, coalesce(sum(standing.amount_yen), 0)::BIGINT AS found_yen,
    coalesce(bool_and(standing.same_yen), true) AS same_yen
  FROM ledger.source_file AS source_file
  LEFT JOIN standing ON standing.file_no = source_file.file_no
  WHERE source_file.verdict = 'loaded'
  GROUP BY source_file.file_no
),
twice AS (
  SELECT file_no, record_no FROM ledger.record_settlement
  WHERE outcome IN ('accepted', 'duplicate')
  GROUP BY file_no, record_no HAVING count(*) > 1
),
misplaced AS (
  SELECT document.document_no
  FROM ledger.document AS document
  JOIN standing USING (file_no, record_no)
  WHERE standing.outcome <> 'accepted'
)
SELECT
  (SELECT coalesce(bool_and(arrived_count = found_count AND arrived_yen = found_yen AND same_yen), true) FROM by_file)
    AND (SELECT count(*) FROM twice) = 0 AND (SELECT count(*) FROM misplaced) = 0 AS ok,
  (SELECT coalesce(sum(arrived_count), 0)::BIGINT FROM by_file) AS "停止件",
  count(*) FILTER (WHERE outcome = 'quarantined') AS "保留中件",
  count(*) FILTER (WHERE outcome = 'accepted') AS "受理件",
  count(*) FILTER (WHERE outcome = 'duplicate') AS "重複件",
  count(*) FILTER (WHERE outcome = 'rejected') AS "不採用件",
  count(*) FILTER (WHERE outcome = 'returned') AS "返戻件",
  (SELECT coalesce(sum(arrived_yen), 0)::BIGINT FROM by_file) AS "停止円",
  coalesce(sum(amount_yen) FILTER (WHERE outcome = 'quarantined'), 0)::BIGINT AS "保留中円"
FROM standing
SEMI JOIN (SELECT file_no FROM ledger.source_file WHERE verdict = 'loaded') AS taken_in USING (file_no)
