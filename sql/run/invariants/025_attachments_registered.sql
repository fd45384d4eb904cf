-- 受付: 受理した画像・添付書類の件数 = 台帳の登録
SELECT coalesce(bool_and(file_count = registered_count), true) AS ok,
       coalesce(sum(file_count), 0)::BIGINT AS "受理件", coalesce(sum(registered_count), 0)::BIGINT AS "登録件"
FROM (SELECT coalesce(f.accepted_count, 0) AS file_count, coalesce(a.registered_count, 0) AS registered_count
      FROM (SELECT file_no, accepted_count FROM ledger.source_file WHERE source = 'return_attachment') f
      FULL JOIN (SELECT file_no, count(*) AS registered_count FROM ledger.attachment WHERE attachment_kind <> 'form'
                 GROUP BY file_no) a USING (file_no))
