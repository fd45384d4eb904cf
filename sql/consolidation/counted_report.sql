-- What each report adds to its taxpayer, and where it stands among the taxpayer's reports.
-- counted_paid_yen: pay without the previous payer's that is reported by itself. Pay that a treaty exempts counts only where
-- nothing else was paid (the base is then exempt as a whole); beside other pay or a pension it is left out.
-- counted_social_insurance_yen: item 36 without 小規模企業共済等掛金 (item 37 is inside 36) and the previous payer's (item 69).
-- place: 1 is the main report: 甲欄 before 乙欄; the payer of 31 December, who makes the year-end adjustment (所法190) and to whom
-- the state of the relatives was declared (所法85③), before one who was left; then the most pay; then the document number.
SELECT
  report.*,
  overlap.document_no IS NOT NULL AS overlap_found,
  CASE WHEN overlap.document_no IS NULL THEN 0 ELSE least(previous_payer_paid_yen, paid_yen) END AS previous_yen,
  bool_and(treaty_exempt AND pension.taxpayer_no IS NULL) OVER (PARTITION BY report.taxpayer_no) AS all_treaty_exempt,
  CASE WHEN treaty_exempt AND NOT all_treaty_exempt THEN paid_yen - previous_yen ELSE 0 END AS treaty_exempt_yen,
  paid_yen - previous_yen - treaty_exempt_yen AS counted_paid_yen,
  greatest(
    social_insurance_yen
      - small_enterprise_yen
      - CASE WHEN overlap.document_no IS NULL THEN 0 ELSE previous_payer_social_insurance_yen END,
    0
  ) AS counted_social_insurance_yen,
  employment_change = 'left' OR death_retirement AS has_left,
  has_spouse
    OR spouse_deduction_yen > 0
    OR dependant_specific_count
      + dependant_elderly_count
      + dependant_other_count
      + dependant_under_16_count
      + disability_special_count
      + disability_other_count > 0 AS declares_relatives,
  NOT ordinary_collection AND NOT treaty_exempt AND NOT has_left AND left_since.document_no IS NULL AS withholds,
  row_number() OVER (
    PARTITION BY report.taxpayer_no
    ORDER BY second_column, has_left, paid_yen DESC, report.document_no
  ) AS place
FROM effective_report AS report
LEFT JOIN previous_payer_overlap AS overlap ON overlap.document_no = report.document_no
LEFT JOIN left_payer AS left_since ON left_since.document_no = report.document_no
LEFT JOIN (SELECT DISTINCT taxpayer_no FROM counted_pension) AS pension ON pension.taxpayer_no = report.taxpayer_no
