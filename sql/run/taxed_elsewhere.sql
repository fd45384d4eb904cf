-- 294条3項の通知 of other municipalities beside what we have of the person: one row a notice of the pinned fiscal year. `taxpayer_no` is NULL while nobody
-- knows whom it means. Our address of a protected person is not told.
WITH newest_link AS (
  SELECT document_no, taxpayer_no
  FROM pinned_document_link
  QUALIFY row_number() OVER (PARTITION BY document_no ORDER BY link_version DESC) = 1
),
decided AS (
  SELECT
    TRY_CAST(split_part(subject, ':', 3) AS BIGINT) AS document_no,
    split_part(subject, ':', 2) AS taxpayer_no,
    verdict,
    officer,
    decided_on,
    reason
  FROM pinned_decision
  WHERE decision_kind = 'taxed_elsewhere' AND split_part(subject, ':', 1) = CAST(getvariable('pinned_fiscal_year') AS VARCHAR)
  QUALIFY row_number() OVER (PARTITION BY split_part(subject, ':', 3) ORDER BY decision_no DESC) = 1
),
withdrawn AS (
  SELECT DISTINCT said.sender_municipality, said.reference_no
  FROM pinned_document AS document
  JOIN pinned_taxed_elsewhere_notice AS said USING (document_no)
  WHERE document.submission_kind = 'cancellation'
),
notice AS (
  SELECT
    document.document_no,
    document.name,
    said.sender_municipality,
    said.reference_no,
    said.notified_on,
    said.lives_there_since_on,
    said.address_there,
    coalesce(newest_link.taxpayer_no, decided.taxpayer_no) AS taxpayer_no,
    decided.verdict,
    decided.officer,
    decided.decided_on,
    withdrawn.reference_no IS NOT NULL AS withdrawn
  FROM pinned_document AS document
  JOIN pinned_taxed_elsewhere_notice AS said USING (document_no)
  LEFT JOIN newest_link USING (document_no)
  LEFT JOIN decided USING (document_no)
  LEFT JOIN withdrawn USING (sender_municipality, reference_no)
  WHERE document.fiscal_year = getvariable('pinned_fiscal_year') AND document.submission_kind = 'new'
),
levied AS (
  SELECT taxpayer_no, CAST(sum(annual_tax_yen) AS BIGINT) AS annual_tax_yen
  FROM (
    SELECT taxpayer_no, annual_tax_yen
    FROM pinned_assessment
    WHERE fiscal_year = getvariable('pinned_fiscal_year')
    QUALIFY row_number() OVER (PARTITION BY taxpayer_no, ward_code ORDER BY version DESC) = 1
  )
  GROUP BY taxpayer_no
)
SELECT
  document_no AS "資料番号",
  taxpayer_no AS "宛名番号",
  coalesce(municipality.municipality_name, '団体 ' || sender_municipality) AS "通知した市区町村",
  reference_no AS "通知番号",
  notified_on AS "通知日",
  coalesce(CAST(lives_there_since_on AS VARCHAR), '') AS "先方に居所のある日",
  address_there AS "先方の居所",
  CASE
    WHEN taxpayer_no IS NULL THEN '誰か決まっていない（`juminzei queue list`）'
    WHEN person.outside THEN '住民登録のない居住者（294条3項）として課税'
    WHEN person.taxpayer_no IS NOT NULL THEN '1月1日に住民登録あり'
    WHEN verdict = 'accept' THEN '住民登録はあるが課税しない（294条4項）'
    ELSE '1月1日に住民登録なし'
  END AS "こちらの扱い",
  CASE WHEN addressee.protected_address THEN '（支援措置）' ELSE coalesce(person.address, addressee.address, '') END AS "こちらの住所",
  coalesce(levied.annual_tax_yen, 0) AS "こちらの年税額（円）",
  CASE
    WHEN withdrawn AND verdict = 'accept' THEN '通知が取り消された。判断を取り下げるか決める'
    WHEN withdrawn THEN '通知の取消'
    WHEN verdict = 'accept' AND levied.annual_tax_yen > 0 THEN '認めた（' || officer || '）。次の賦課で税額がなくなる'
    WHEN verdict = 'accept' THEN '認めた（' || officer || '）'
    WHEN verdict = 'contest' THEN '争う（' || officer || '）。課税を続ける'
    ELSE '未判断'
  END AS "判断"
FROM notice
LEFT JOIN municipality_of_day AS municipality ON municipality.municipality_code = notice.sender_municipality
LEFT JOIN person_of_year AS person USING (taxpayer_no)
LEFT JOIN addressee_of_year AS addressee USING (taxpayer_no)
LEFT JOIN levied USING (taxpayer_no)
ORDER BY document_no
