-- 発送: 予定したものはすべて一度だけ出た
SELECT count(*) FILTER (WHERE deliveries <> 1) = 0 AS ok, count(*) AS "予定", count(*) FILTER (WHERE deliveries <> 1) AS "未了・重複"
FROM (SELECT i.intent_no, count(d.intent_no) AS deliveries
      FROM ledger.outbox_intent i LEFT JOIN ledger.delivery d USING (intent_no) GROUP BY i.intent_no)
