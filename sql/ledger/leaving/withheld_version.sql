-- Every version of the pinned fiscal year whose tax an employer withholds (法321の3①): from whom, and the twelve months from June as far as
-- they are this employer's; months before it took over are the former one's. It is named as its master named it when the tax was decided,
-- so that another name alone sends no notice again; one that is not in the master as its report did.
CREATE OR REPLACE TEMP TABLE withheld_version AS
WITH decided AS (
  SELECT
    assessment.*,
    withholding_month(assessment.fiscal_year, assessment.decided_on) AS first_month,
    coalesce(
      assessment.payer_designated_no,
      'C' || report.payer_corporate_number,
      'N' || left(sha256(report.payer_name || '/' || report.payer_address), 12)
    ) AS payer_no,
    report.payer_name,
    report.payer_address,
    report.payer_corporate_number,
    coalesce(report.employee_no, '') AS employee_no
  FROM pinned_assessment AS assessment
  LEFT JOIN pinned_wage_report AS report ON report.document_no = assessment.payer_document_no
  WHERE assessment.fiscal_year = getvariable('pinned_fiscal_year')
),
beside AS (
  SELECT *, payer_no IS DISTINCT FROM lag(payer_no) OVER (PARTITION BY taxpayer_no, ward_code ORDER BY version) AS new_payer
  FROM decided
),
since AS (
  SELECT
    *,
    max(CASE WHEN new_payer THEN first_month END) OVER (
      PARTITION BY taxpayer_no, ward_code ORDER BY version ROWS UNBOUNDED PRECEDING
    ) AS since_month
  FROM beside
)
SELECT
  since.fiscal_year,
  since.taxpayer_no,
  since.ward_code,
  since.version,
  since.first_month,
  since.payer_no,
  since.payer_designated_no AS designated_no,
  coalesce(employer.name, since.payer_name) AS payer_name,
  coalesce(employer.address, since.payer_address) AS payer_address,
  coalesce(employer.corporate_number, since.payer_corporate_number, '') AS payer_corporate_number,
  since.employee_no,
  since.city_tax_yen,
  since.prefecture_tax_yen,
  since.forest_environment_tax_yen,
  since.annual_tax_yen,
  list_transform(
    since.withholding_instalments_yen, lambda yen, place: CASE WHEN place < since.since_month THEN 0 ELSE yen END
  ) AS months_yen
FROM since
LEFT JOIN pinned_employer AS employer
  ON employer.designated_no = since.payer_designated_no AND employer.commit_no <= since.commit_no
WHERE contains(since.collection_method, 'employment') AND list_sum(since.withholding_instalments_yen) > 0
QUALIFY row_number() OVER (
  PARTITION BY since.taxpayer_no, since.ward_code, since.version ORDER BY employer.employer_version DESC
) = 1;
