-- 決裁: 出たものはすべて、その中身に対して違う2人が承認している
SELECT count(*) FILTER (WHERE approvers < approvers_needed) = 0 AS ok, count(*) AS "発送",
       count(*) FILTER (WHERE approvers < approvers_needed) AS "承認不足"
FROM (SELECT i.intent_no, 2 AS approvers_needed,
             count(DISTINCT a.officer) FILTER (WHERE a.verdict = 'approve' AND a.payload_digest = i.payload_digest) AS approvers
      FROM ledger.outbox_intent i LEFT JOIN ledger.approval a USING (release_no) GROUP BY i.intent_no)
