-- Every backfill's plan and how far it has come.
SELECT
  plan.decision_no AS "バックフィル番号",
  plan.decided_on AS "計画の日",
  plan.officer AS "依頼者",
  plan.detail ->> '$.fiscal_years' AS "年度",
  plan.detail ->> '$.stages' AS "段階",
  plan.detail ->> '$.as_of.from' AS "決定の日から",
  plan.detail ->> '$.as_of.to' AS "まで",
  plan.reason AS "理由",
  CASE
    WHEN discarded.decision_no IS NOT NULL THEN '破棄（' || discarded.officer || '、' || discarded.reason || '）'
    WHEN promotion.backfill_no IS NOT NULL
      THEN '反映済み（確定番号 ' || promotion.first_commit_no || '〜' || promotion.last_commit_no || '）'
    WHEN attempt.backfill_no IS NULL THEN '計画'
    WHEN attempt.report_no IS NULL THEN '実行済み・変わるものなし'
    ELSE '実行済み（差額表 ' || attempt.report_no || '）'
  END AS "状態"
FROM ledger.decision AS plan
LEFT JOIN ledger.backfill_promotion AS promotion ON promotion.backfill_no = plan.decision_no
LEFT JOIN (
  SELECT *
  FROM ledger.backfill_run
  QUALIFY row_number() OVER (PARTITION BY backfill_no ORDER BY attempt_no DESC) = 1
) AS attempt ON attempt.backfill_no = plan.decision_no
LEFT JOIN (
  SELECT *
  FROM ledger.decision
  WHERE decision_kind = 'backfill' AND verdict = 'discard'
  QUALIFY row_number() OVER (PARTITION BY subject ORDER BY decision_no) = 1
) AS discarded ON discarded.subject = plan.decision_no::VARCHAR
WHERE plan.decision_kind = 'backfill' AND plan.verdict = 'plan'
ORDER BY plan.decision_no
