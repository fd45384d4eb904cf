-- What one employer reported, by fiscal year and way of collection.
SELECT
  fiscal_year AS "年度",
  CASE WHEN NOT ordinary_collection THEN '特別徴収' ELSE '普通徴収 ' || coalesce('普' || ordinary_reason, '符号なし') END AS "徴収方法",
  count(*) AS "人員",
  sum(paid_yen)::BIGINT AS "支払金額"
FROM reported_person
WHERE payer_key = '#' || $designated_no
GROUP BY ALL
ORDER BY ALL
