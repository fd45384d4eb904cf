-- TEMP TABLE person_figures: one row a person who is assessed for the pinned fiscal year or lived here on 1 January, with every figure that a set of
-- columns (schemas/extracts/columns) may name. Made once for all contracts of a cut. Reads other_levy (pipelines/assessment/other_levies.py).
-- Who moved to another ward by a correction has an assessment in each; the one of the newest tax base is in force.
-- Who did not declare has no figures: an empty income is unknown, a zero would be a finding.
CREATE OR REPLACE TEMP TABLE person_figures AS
WITH assessed AS (
  SELECT *
  FROM pinned_assessment
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY tax_base_version DESC, version DESC, ward_code) = 1
),
base AS (
  SELECT
    taxpayer_no,
    tax_base_version,
    dependant_other_count, dependant_specific_count, dependant_elderly_count, dependant_elderly_parent_count, dependant_under_16_count,
    disability_other_count, disability_special_count, disability_special_living_together_count,
    pension_paid_yen,
    land_long_yen, land_long_excellent_yen, land_long_residence_yen, land_short_yen, land_short_public_yen,
    land_long_yen + land_long_excellent_yen + land_long_residence_yen AS all_land_long_yen,
    land_short_yen + land_short_public_yen AS all_land_short_yen,
    land_long_special_deduction_yen, land_long_residence_special_deduction_yen,
    land_short_special_deduction_yen, land_short_public_special_deduction_yen,
    general_shares_yen, listed_shares_yen, listed_dividend_yen, futures_yen
  FROM pinned_tax_base
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
),
reduction AS (
  SELECT
    taxpayer_no,
    ward_code,
    city_reduction_yen,
    prefecture_reduction_yen,
    city_per_capita_reduction_yen,
    prefecture_per_capita_reduction_yen,
    forest_exemption_yen,
    reduction_yen
  FROM standing_reduction
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
),
figure AS (
  SELECT
    assessed.* EXCLUDE (fiscal_year, tax_base_version, known_on, commit_no, pinned_commit_no, parameter_digest, replaces_version, decided_on),
    base.* EXCLUDE (taxpayer_no, tax_base_version),
    assessed.decided_on AS changed_on,
    coalesce(reduction.city_reduction_yen, 0) AS city_reduction_yen,
    coalesce(reduction.prefecture_reduction_yen, 0) AS prefecture_reduction_yen,
    coalesce(reduction.forest_exemption_yen, 0) AS forest_exemption_yen,
    coalesce(reduction.reduction_yen, 0) AS reduction_yen,
    city_income_levy_yen - coalesce(reduction.city_reduction_yen - reduction.city_per_capita_reduction_yen, 0)
      AS reduced_city_income_levy_yen,
    city_per_capita_yen - coalesce(reduction.city_per_capita_reduction_yen, 0) AS reduced_city_per_capita_yen,
    prefecture_income_levy_yen - coalesce(reduction.prefecture_reduction_yen - reduction.prefecture_per_capita_reduction_yen, 0)
      AS reduced_prefecture_income_levy_yen,
    prefecture_per_capita_yen - coalesce(reduction.prefecture_per_capita_reduction_yen, 0) AS reduced_prefecture_per_capita_yen,
    annual_tax_yen - coalesce(reduction.reduction_yen, 0) AS reduced_annual_tax_yen,
    miscellaneous_income_yen - public_pension_income_yen AS miscellaneous_without_pension_yen,
    business_income_yen + farming_income_yen AS all_business_income_yen,
    city_income_levy_before_credits_yen - city_adjustment_credit_yen - city_dividend_credit_yen - city_housing_loan_credit_yen
      - city_donation_credit_yen - city_foreign_tax_credit_yen - city_exemption_adjustment_yen - city_withheld_levy_credit_yen
      AS city_levy_before_reduction_yen,
    prefecture_income_levy_before_credits_yen - prefecture_adjustment_credit_yen - prefecture_dividend_credit_yen
      - prefecture_housing_loan_credit_yen - prefecture_donation_credit_yen - prefecture_foreign_tax_credit_yen
      - prefecture_exemption_adjustment_yen - prefecture_withheld_levy_credit_yen AS prefecture_levy_before_reduction_yen
  FROM assessed
  LEFT JOIN base USING (taxpayer_no, tax_base_version)
  LEFT JOIN reduction ON reduction.taxpayer_no = assessed.taxpayer_no AND reduction.ward_code = assessed.ward_code
)
SELECT
  taxpayer_no,
  CASE
    WHEN figure.annual_tax_yen > 0 THEN '1'
    WHEN figure.version IS NOT NULL THEN '0'
    ELSE '3'
  END AS tax_status,
  figure.* EXCLUDE (taxpayer_no, city_levy_before_reduction_yen, prefecture_levy_before_reduction_yen),
  city_levy_before_reduction_yen - city_levy_before_reduction_yen % p_tax_amount_unit_yen() AS city_income_levy_before_reduction_yen,
  prefecture_levy_before_reduction_yen - prefecture_levy_before_reduction_yen % p_tax_amount_unit_yen()
    AS prefecture_income_levy_before_reduction_yen,
  coalesce(other.insurance_gross_income_yen, figure.gross_income_etc_yen) AS insurance_gross_income_yen,
  -- greatest() passes over what is unknown.
  CASE
    WHEN figure.version IS NOT NULL
      THEN greatest(coalesce(other.insurance_gross_income_yen, figure.gross_income_etc_yen) - figure.basic_deduction_yen, 0)
  END AS insurance_base_income_yen,
  CASE WHEN resident.outside THEN '1' ELSE '0' END AS taxed_outside_register,
  -- 支援措置: the server may not answer for them by itself.
  CASE WHEN addressee.protected_address THEN '1' ELSE '0' END AS auto_answer_refused,
  other.* EXCLUDE (taxpayer_no, insurance_gross_income_yen)
FROM figure
FULL JOIN (SELECT taxpayer_no, outside FROM person_of_year) AS resident USING (taxpayer_no)
LEFT JOIN addressee_of_year AS addressee USING (taxpayer_no)
LEFT JOIN other_levy AS other USING (taxpayer_no)
ORDER BY taxpayer_no
