-- 台帳: 確定番号は1から途切れない
SELECT count(*) = coalesce(max(commit_no), 0) AS ok, count(*) AS "確定", coalesce(max(commit_no), 0) AS "最後の番号"
FROM ledger.ledger_commit
