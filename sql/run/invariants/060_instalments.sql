-- 賦課: 期別・月割の合計 = 年税額
SELECT count(*) FILTER (WHERE annual_tax_yen <> split_yen) = 0 AS ok, count(*) AS "版",
       coalesce(sum(annual_tax_yen), 0)::BIGINT AS "年税額円", coalesce(sum(split_yen), 0)::BIGINT AS "割付円"
FROM (SELECT annual_tax_yen,
             coalesce(list_sum(ordinary_instalments_yen), 0) + coalesce(list_sum(withholding_instalments_yen), 0)
               + coalesce(list_sum(pension_provisional_yen), 0) + coalesce(list_sum(pension_final_yen), 0) AS split_yen
      FROM ledger.assessment)
