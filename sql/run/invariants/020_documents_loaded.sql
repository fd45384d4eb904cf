-- 受付: 受理した給与支払報告書の件数と円 = 台帳の資料
SELECT f.file_count = d.document_count AND f.file_yen = d.document_yen AS ok,
       f.file_count AS "受理件", d.document_count AS "資料件", f.file_yen AS "受理円", d.document_yen AS "資料円"
FROM (SELECT coalesce(sum(accepted_count), 0)::BIGINT AS file_count, coalesce(sum(accepted_yen), 0)::BIGINT AS file_yen
      FROM ledger.source_file WHERE source = 'wage_report') f
CROSS JOIN (SELECT count(*) AS document_count, coalesce(sum(amount_yen), 0)::BIGINT AS document_yen FROM ledger.document) d
