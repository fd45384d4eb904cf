-- 期間制限を確かめる変更（地方税法17条の5・17条の6、附則7条の2③⑥）: the changed versions, and what each one's limits are counted from
-- 法定納期限 is the day of the first instalment (11条の4①). A change that does not raise the tax is one that lowers it or its base.
WITH returned AS (
  SELECT taxpayer_no, tax_base_version, unnest(document_nos) AS document_no
  FROM pinned_tax_base
  SEMI JOIN changed_version USING (fiscal_year, taxpayer_no, tax_base_version)
),
filed AS (
  SELECT taxpayer_no, tax_base_version, max(filed_on) AS income_tax_on
  FROM returned
  JOIN pinned_tax_return USING (document_no)
  WHERE return_kind <> 'resident'
  GROUP BY taxpayer_no, tax_base_version
),
told AS (
  SELECT
    split_part(subject, ':', -1) AS taxpayer_no,
    bool_or(verdict = 'fraud') AS fraud,
    max(CASE WHEN verdict = 'ruling' THEN TRY_CAST(detail AS DATE) END) AS ruling_on,
    max(CASE WHEN verdict = 'void' THEN TRY_CAST(detail AS DATE) END) AS void_on
  FROM pinned_decision
  WHERE decision_kind = 'limit' AND starts_with(subject, p_fiscal_year() || ':')
  GROUP BY ALL
)
SELECT
  changed.*,
  coalesce(earlier.annual_tax_yen, 0) AS earlier_tax_yen,
  CASE WHEN contains(changed.collection_method, 'employment') THEN employment_due_on()[1] ELSE ordinary_due_on()[1] END
    AS statutory_due_on,
  changed.annual_tax_yen <= coalesce(earlier.annual_tax_yen, 0) AS lowers,
  base.one_stop,
  coalesce(told.fraud, FALSE) AS fraud,
  told.ruling_on,
  told.void_on,
  filed.income_tax_on
FROM changed_version AS changed
JOIN pinned_tax_base AS base
  ON base.fiscal_year = changed.fiscal_year
  AND base.taxpayer_no = changed.taxpayer_no
  AND base.tax_base_version = changed.tax_base_version
LEFT JOIN pinned_assessment AS earlier
  ON earlier.fiscal_year = changed.fiscal_year
  AND earlier.taxpayer_no = changed.taxpayer_no
  AND earlier.ward_code = changed.ward_code
  AND earlier.version = changed.replaces_version
LEFT JOIN filed ON filed.taxpayer_no = changed.taxpayer_no AND filed.tax_base_version = changed.tax_base_version
LEFT JOIN told ON told.taxpayer_no = changed.taxpayer_no
