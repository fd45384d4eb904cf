-- 課税標準の元資料（tax_base の最新版）
-- What the ledger knows of a person, in the shape that every chain starts from (pipelines/assessment/person.py).
-- A wage report counts 同居老親等 and 同居特別障害者 inside 老人 and 特別障害者 (項目29・34: 上の内訳); here they stand apart.
-- The spouse of a wage report is inside its counts of disabled relatives, unless spouse_disability says more.
SELECT
  base.fiscal_year,
  base.taxpayer_no,
  base.ward_code,
  base.tax_base_version,
  base.resident,
  base.born_on,
  base.public_assistance,
  base.self_disability,
  base.widow,
  base.single_parent,
  base.working_student,
  base.treaty_exempt,
  base.employment_paid_yen,
  NULL::BIGINT AS employment_net_yen,
  base.social_insurance_yen,
  base.small_enterprise_yen,
  base.new_general_premium_yen,
  base.old_general_premium_yen,
  base.care_premium_yen,
  base.new_pension_premium_yen,
  base.old_pension_premium_yen,
  base.earthquake_premium_yen,
  base.old_long_term_premium_yen,
  base.has_spouse,
  base.spouse_taxpayer_no,
  base.spouse_total_income_yen,
  base.spouse_elderly,
  NULL::DATE AS spouse_born_on,
  base.spouse_disability,
  base.spouse_living_together,
  FALSE AS spouse_abroad,
  base.dependant_other_count AS declared_general_count,
  base.dependant_specific_count AS declared_specific_count,
  greatest(base.dependant_elderly_count - base.dependant_elderly_parent_count, 0) AS declared_elderly_count,
  base.dependant_elderly_parent_count AS declared_elderly_parent_count,
  base.dependant_under_16_count AS declared_under_16_count,
  base.disability_other_count AS declared_disabled_count,
  greatest(base.disability_special_count - base.disability_special_living_together_count, 0)
    AS declared_special_disabled_count,
  base.disability_special_living_together_count AS declared_special_living_together_count,
  greatest(base.housing_loan_creditable_yen - base.housing_loan_credit_yen, 0) AS housing_unused_credit_yen,
  NULL::BIGINT AS income_tax_taxable_yen,
  base.housing_moved_in_on,
  FALSE AS housing_higher_cap,
  base.collection_method,
  base.payer_designated_no,
  base.payer_document_no
FROM pinned_tax_base AS base
JOIN (
  SELECT fiscal_year, taxpayer_no, max(tax_base_version) AS tax_base_version
  FROM pinned_tax_base
  GROUP BY fiscal_year, taxpayer_no
) AS latest USING (fiscal_year, taxpayer_no, tax_base_version)
WHERE base.fiscal_year = p_fiscal_year()
