-- One row a taxpayer: what adds up over all reports (所法28②), what is true if any report says so, and which report speaks
-- for relatives (the first that declares any, else the main one) and for withholding (the first whose payer can withhold).
SELECT
  taxpayer_no,
  list(document_no ORDER BY document_no) AS document_nos,
  CAST(sum(counted_paid_yen) AS BIGINT) AS employment_paid_yen,
  CAST(count(DISTINCT payer_key) AS INTEGER) AS employment_payer_count,
  CAST(sum(counted_social_insurance_yen) AS BIGINT) AS social_insurance_yen,
  CAST(sum(small_enterprise_yen) AS BIGINT) AS small_enterprise_yen,
  bool_and(treaty_exempt) AS treaty_exempt,
  CASE
    WHEN bool_or(self_disability = 'special') THEN 'special'
    WHEN bool_or(self_disability = 'ordinary') THEN 'ordinary'
    ELSE 'none'
  END AS self_disability,
  bool_or(widow) AS widow,
  bool_or(single_parent) AS single_parent,
  bool_or(working_student) AS working_student,
  coalesce(min(place) FILTER (WHERE declares_relatives), 1) AS relatives_place,
  min(place) FILTER (WHERE withholds) AS withholding_place
FROM counted_report
GROUP BY taxpayer_no
