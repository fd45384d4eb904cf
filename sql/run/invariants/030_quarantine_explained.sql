-- 受付: 止めたレコードにはすべて理由がある
SELECT f.quarantined = e.explained AS ok, f.quarantined AS "停止件", e.explained AS "理由のある件"
FROM (SELECT coalesce(sum(quarantined_count), 0)::BIGINT AS quarantined FROM ledger.source_file WHERE verdict = 'loaded') f
CROSS JOIN (SELECT count(DISTINCT (file_no, record_no)) AS explained
            FROM ledger.record_exception JOIN ledger.source_file USING (file_no)
            WHERE severity = 'critical' AND verdict = 'loaded') e
