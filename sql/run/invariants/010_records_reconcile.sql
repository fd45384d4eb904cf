-- 受付: 読んだ件数と円 = 受理 + 停止 + 重複
SELECT coalesce(sum(read_count - accepted_count - quarantined_count - duplicate_count), 0) = 0
       AND coalesce(sum(read_yen - accepted_yen - quarantined_yen - duplicate_yen), 0) = 0
       AND coalesce(bool_and(read_count = accepted_count + quarantined_count + duplicate_count
                             AND read_yen = accepted_yen + quarantined_yen + duplicate_yen), true) AS ok,
       coalesce(sum(read_count), 0)::BIGINT AS "読込件", coalesce(sum(accepted_count), 0)::BIGINT AS "受理件",
       coalesce(sum(quarantined_count), 0)::BIGINT AS "停止件", coalesce(sum(duplicate_count), 0)::BIGINT AS "重複件",
       coalesce(sum(read_yen), 0)::BIGINT AS "読込円", coalesce(sum(accepted_yen), 0)::BIGINT AS "受理円",
       coalesce(sum(quarantined_yen), 0)::BIGINT AS "停止円", coalesce(sum(duplicate_yen), 0)::BIGINT AS "重複円"
FROM ledger.source_file
