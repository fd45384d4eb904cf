-- The pension payers' list of the fiscal year: whose each entry is, and what their pension reports of the year add up to.
WITH newest_link AS (
  SELECT document_no, taxpayer_no FROM ledger.document_link
  QUALIFY row_number() OVER (PARTITION BY document_no ORDER BY link_version DESC) = 1
),
newest_base AS (
  SELECT taxpayer_no, pension_paid_yen, collection_method FROM ledger.tax_base
  WHERE fiscal_year = $1
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY tax_base_version DESC) = 1
)
SELECT
  document.document_no AS "資料番号",
  coalesce(newest_link.taxpayer_no, '') AS "宛名番号",
  target.payer_code AS "義務者",
  CASE target.target_kind WHEN 'new' THEN '新規' ELSE '前年度継続' END AS "区分",
  document.known_on AS "受付日",
  coalesce(newest_base.pension_paid_yen, 0) AS "公的年金等の収入（円）",
  CASE
    WHEN newest_link.taxpayer_no IS NULL THEN '名寄せ待ち（juminzei queue list）'
    WHEN newest_base.taxpayer_no IS NULL THEN '課税基礎なし'
    WHEN newest_base.pension_paid_yen = 0 THEN '公的年金等の収入なし'
    ELSE ''
  END AS "所見"
FROM ledger.pension_target AS target
JOIN ledger.document AS document USING (document_no)
LEFT JOIN newest_link USING (document_no)
LEFT JOIN newest_base ON newest_base.taxpayer_no = newest_link.taxpayer_no
WHERE document.fiscal_year = $1
ORDER BY document.document_no
