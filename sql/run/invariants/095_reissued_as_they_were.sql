-- 再発送: 前に出たものと同じ中身で、通知書・納付書・伝えた人の台帳に行を増やしていない
WITH again AS (
  SELECT again.release_no, again.payload_digest = earlier.payload_digest AS same
  FROM ledger.release_repeat AS repeat
  JOIN ledger.release AS again USING (release_no)
  LEFT JOIN ledger.outbox_intent AS earlier ON earlier.release_no = repeat.repeats_release_no
),
registered AS (
  SELECT release_no FROM ledger.notice
  UNION ALL SELECT release_no FROM ledger.employer_notice
  UNION ALL SELECT release_no FROM ledger.payment_slip
  UNION ALL SELECT release_no FROM ledger.payment_slip_void
  UNION ALL SELECT release_no FROM ledger.told_person
),
repeated AS (SELECT count(*) AS repeat_count, count(*) FILTER (WHERE same IS NOT TRUE) AS differing_count FROM again),
twice AS (SELECT count(*) AS row_count FROM registered SEMI JOIN again USING (release_no))
SELECT differing_count = 0 AND row_count = 0 AS ok, repeat_count AS "再発送", differing_count AS "中身の違うもの", row_count AS "二重の行"
FROM repeated
CROSS JOIN twice
