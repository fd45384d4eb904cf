-- Every release with its approvals, whether it left, and which one it lets out again.
SELECT r.release_no AS "発送番号", r.contract AS "契約", r.fiscal_year AS "年度", r.as_of AS "基準日",
       r.row_count AS "件数", r.amount_yen AS "円", r.file_count AS "ファイル",
       coalesce((SELECT string_agg(DISTINCT a.officer, '、' ORDER BY a.officer) FROM ledger.approval a
                 WHERE a.release_no = r.release_no AND a.verdict = 'approve'), '') AS "承認",
       CASE WHEN d.intent_no IS NOT NULL THEN '発送済 ' || printf('%06d', i.sequence_no)
            WHEN i.intent_no IS NOT NULL THEN '発送中'
            WHEN EXISTS (SELECT 1 FROM ledger.approval a WHERE a.release_no = r.release_no AND a.verdict = 'reject') THEN '差戻し'
            WHEN EXISTS (SELECT 1 FROM ledger.release later WHERE later.replaces_release_no = r.release_no) THEN '差替え'
            ELSE '決裁待ち' END AS "状態",
       left(r.payload_digest, 12) AS "ダイジェスト",
       coalesce(CAST(repeat.repeats_release_no AS VARCHAR), '') AS "再発送"
FROM ledger.release r
LEFT JOIN ledger.outbox_intent i ON i.release_no = r.release_no
LEFT JOIN ledger.release_repeat repeat ON repeat.release_no = r.release_no
LEFT JOIN ledger.delivery d ON d.intent_no = i.intent_no
ORDER BY r.release_no
