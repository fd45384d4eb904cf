-- 受付: 受理した支払報告書・確定申告書・市民税県民税申告書・申告特例通知書・年金特別徴収対象者情報・給与所得者異動届出書・扶養照会・294条3項の通知の件数と円（取込保留から受理したものを含む） = 台帳の資料（種別ごとに）
SELECT coalesce(bool_and(file_count = document_count AND file_yen = document_yen), true) AS ok,
       coalesce(sum(file_count), 0)::BIGINT AS "受理件", coalesce(sum(document_count), 0)::BIGINT AS "資料件",
       coalesce(sum(file_yen), 0)::BIGINT AS "受理円", coalesce(sum(document_yen), 0)::BIGINT AS "資料円"
FROM (SELECT coalesce(f.file_count, 0) AS file_count, coalesce(f.file_yen, 0) AS file_yen,
             coalesce(d.document_count, 0) AS document_count, coalesce(d.document_yen, 0) AS document_yen
      FROM (SELECT source, sum(accepted_count)::BIGINT AS file_count, sum(accepted_yen)::BIGINT AS file_yen
            FROM (SELECT source, accepted_count, accepted_yen FROM ledger.source_file
                  UNION ALL
                  SELECT source, 1, settled_yen FROM ledger.record_settlement JOIN ledger.source_file USING (file_no)
                  WHERE outcome = 'accepted')
            WHERE source IN ('wage_report', 'pension_report', 'income_tax_return', 'resident_tax_return', 'one_stop_notice',
                             'pension_target', 'employee_change', 'relative_inquiry', 'taxed_elsewhere_notice')
            GROUP BY source) f
      FULL JOIN (SELECT document_kind, count(*) AS document_count, sum(amount_yen)::BIGINT AS document_yen
                 FROM ledger.document GROUP BY document_kind) d ON d.document_kind = f.source)
