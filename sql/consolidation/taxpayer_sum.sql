-- One row a taxpayer with documents: what adds up over all reports (所法28②・35②), what is true if any report says so, and which
-- wage report speaks for withholding (the first whose payer can withhold).
WITH document AS (
  SELECT taxpayer_no, list(document_no ORDER BY document_no) AS document_nos
  FROM standing_document
  GROUP BY taxpayer_no
),
wage AS (
  SELECT
    taxpayer_no,
    CAST(sum(counted_paid_yen) AS BIGINT) AS paid_yen,
    CAST(count(DISTINCT payer_key) AS INTEGER) AS payer_count,
    CAST(sum(counted_social_insurance_yen) AS BIGINT) AS social_insurance_yen,
    CAST(sum(small_enterprise_yen) AS BIGINT) AS small_enterprise_yen,
    bool_and(treaty_exempt) AS treaty_exempt,
    min(place) FILTER (WHERE withholds) AS withholding_place
  FROM counted_report
  GROUP BY taxpayer_no
),
pension AS (
  SELECT
    taxpayer_no,
    CAST(sum(paid_yen) AS BIGINT) AS paid_yen,
    CAST(sum(social_insurance_yen) AS BIGINT) AS social_insurance_yen
  FROM counted_pension
  GROUP BY taxpayer_no
),
status AS (
  SELECT
    taxpayer_no,
    CASE
      WHEN bool_or(self_disability = 'special') THEN 'special'
      WHEN bool_or(self_disability = 'ordinary') THEN 'ordinary'
      ELSE 'none'
    END AS self_disability,
    bool_or(widow) AS widow,
    bool_or(single_parent) AS single_parent,
    bool_or(working_student) AS working_student
  FROM (
    SELECT taxpayer_no, self_disability, widow, single_parent, working_student
    FROM counted_report
    UNION ALL
    SELECT taxpayer_no, self_disability, widow, single_parent, false
    FROM counted_pension
  )
  GROUP BY taxpayer_no
),
donation AS (
  SELECT taxpayer_no, CAST(sum(donated_yen) AS BIGINT) AS donated_yen
  FROM one_stop_notice_of_year
  WHERE NOT void
  GROUP BY taxpayer_no
)
SELECT
  taxpayer_no,
  document.document_nos,
  coalesce(wage.paid_yen, 0) AS employment_paid_yen,
  coalesce(wage.payer_count, 0) AS employment_payer_count,
  coalesce(pension.paid_yen, 0) AS pension_paid_yen,
  coalesce(wage.social_insurance_yen, 0) + coalesce(pension.social_insurance_yen, 0) AS social_insurance_yen,
  coalesce(wage.small_enterprise_yen, 0) AS small_enterprise_yen,
  -- Income that no treaty exempts makes the base an ordinary one: the exempt pay is then left out (counted_report.sql).
  coalesce(wage.treaty_exempt, false) AND pension.taxpayer_no IS NULL AS treaty_exempt,
  coalesce(status.self_disability, 'none') AS self_disability,
  coalesce(status.widow, false) AS widow,
  coalesce(status.single_parent, false) AS single_parent,
  coalesce(status.working_student, false) AS working_student,
  wage.withholding_place,
  coalesce(donation.donated_yen, 0) AS one_stop_donated_yen
FROM document
LEFT JOIN wage USING (taxpayer_no)
LEFT JOIN pension USING (taxpayer_no)
LEFT JOIN status USING (taxpayer_no)
LEFT JOIN donation USING (taxpayer_no)
