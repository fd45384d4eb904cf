-- People whom their payers want billed themselves (普通徴収), by the reason that the report gives.
SELECT
  coalesce('普' || ordinary_reason, '符号なし') AS "符号",
  count(*) AS "人員",
  count(DISTINCT payer_key) AS "事業者",
  sum(paid_yen)::BIGINT AS "支払金額"
FROM reported_person
WHERE fiscal_year = $fiscal_year AND ordinary_collection
GROUP BY ordinary_reason
ORDER BY ordinary_reason NULLS LAST
