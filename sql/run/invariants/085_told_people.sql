-- 移転: 異動分の発送をすべて重ねると、提供先が持っている状態になる（新規は未知の人だけ、変更・取消は知っている人だけ）
WITH told AS (
  SELECT release_no, change_kind, row_digest,
    lag(change_kind) OVER person_release AS known_kind, lag(row_digest) OVER person_release AS known_digest
  FROM ledger.told_person
  WINDOW person_release AS (PARTITION BY contract, fiscal_year, taxpayer_no ORDER BY release_no)
),
odd AS (
  SELECT count(*) AS odd_count
  FROM told
  WHERE CASE
    WHEN coalesce(known_kind, '3') = '3' THEN change_kind <> '1'
    ELSE change_kind = '1' OR row_digest = known_digest
  END
),
sent AS (
  SELECT release.release_no, release.row_count, count(told.release_no) AS told_count
  FROM ledger.outbox_intent AS intent
  JOIN ledger.release AS release USING (release_no)
  JOIN ledger.told_person AS told ON told.release_no = release.release_no
  GROUP BY release.release_no, release.row_count
),
differing AS (SELECT count(*) AS release_count FROM sent WHERE row_count <> told_count),
unsent AS (SELECT count(*) AS unsent_count FROM ledger.told_person ANTI JOIN ledger.outbox_intent USING (release_no))
SELECT odd_count = 0 AND release_count = 0 AND unsent_count = 0 AS ok,
  (SELECT count(*) FROM told) AS "伝えた行", odd_count AS "つながらない行", release_count AS "行数の違う発送", unsent_count AS "出ていない行"
FROM odd
CROSS JOIN differing
CROSS JOIN unsent
