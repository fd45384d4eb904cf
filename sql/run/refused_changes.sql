-- 期間制限により行わなかった変更の一覧: of each person the newest, unless the assessment has come to it by now.
SELECT
  refusal.taxpayer_no AS "宛名番号",
  refusal.decided_on AS "分かった日",
  refusal.earlier_tax_yen AS "今の年税額",
  refusal.later_tax_yen AS "行わなかった年税額",
  refusal.limit_last_on AS "変更できた最後の日",
  refusal.limit_article AS "条文"
FROM (
  FROM pinned_levy_refusal
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no, ward_code ORDER BY refusal_version DESC) = 1
) AS refusal
LEFT JOIN (
  FROM pinned_assessment
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no, ward_code ORDER BY version DESC) = 1
) AS newest USING (taxpayer_no, ward_code)
WHERE newest.annual_tax_yen IS DISTINCT FROM refusal.later_tax_yen
ORDER BY refusal.taxpayer_no, refusal.ward_code
