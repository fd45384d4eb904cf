-- The last commits of the ledger, with who made them and what the steps cost.
SELECT r.commit_no AS "確定番号", r.stage AS "段階", r.fiscal_year AS "年度", r.as_of AS "基準日",
       coalesce(r.dag_id, 'コマンド') AS "実行元", coalesce(r.try_number, 1) AS "試行",
       coalesce((SELECT sum(s.rows_out)::BIGINT FROM ledger.run_step s WHERE s.run_no = r.run_no), 0) AS "行",
       coalesce((SELECT sum(s.duration_ms)::BIGINT FROM ledger.run_step s WHERE s.run_no = r.run_no), 0) AS "ミリ秒"
FROM ledger.run r
ORDER BY r.run_no DESC
