-- 所得税の修正申告・更正・決定が、前の版の後に課税基礎に入った人（地方税法321条の2①）
CREATE OR REPLACE TEMP VIEW new_income_tax AS
WITH changed AS (
  SELECT document_no FROM pinned_tax_return WHERE return_kind IN ('amended', 'corrected')
),
linked AS (
  SELECT DISTINCT taxpayer_no FROM pinned_document_link SEMI JOIN changed USING (document_no)
),
base AS (
  SELECT taxpayer_no, tax_base_version, unnest(document_nos) AS document_no
  FROM pinned_tax_base
  SEMI JOIN linked USING (taxpayer_no)
  WHERE fiscal_year = p_fiscal_year()
),
rests_on AS (
  SELECT * FROM base SEMI JOIN changed USING (document_no)
),
newest AS (
  SELECT taxpayer_no, max(tax_base_version) AS tax_base_version FROM base GROUP BY taxpayer_no
),
decided AS (
  SELECT taxpayer_no, tax_base_version
  FROM pinned_assessment
  SEMI JOIN linked USING (taxpayer_no)
  WHERE fiscal_year = p_fiscal_year()
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY version DESC, ward_code) = 1
)
SELECT DISTINCT taxpayer_no
FROM rests_on
JOIN newest USING (taxpayer_no, tax_base_version)
ANTI JOIN (FROM rests_on JOIN decided USING (taxpayer_no, tax_base_version)) AS known USING (taxpayer_no, document_no)
