-- The report that speaks for spouse and dependants: of the kind that the city's document priority puts first, the first that declares
-- any (of pension reports the one that pays most). A return speaks for itself.
WITH declared AS (
  SELECT
    taxpayer_no,
    document_no,
    list_position($document_priority, 'wage_report') AS kind_order,
    false AS pension,
    place,
    has_spouse OR spouse_deduction_yen > 0 AS has_spouse,
    spouse_total_income_yen,
    spouse_elderly,
    dependant_specific_count,
    dependant_elderly_count,
    dependant_elderly_parent_count,
    dependant_other_count,
    dependant_under_16_count,
    disability_special_count,
    disability_special_living_together_count,
    disability_other_count
  FROM counted_report
  WHERE declares_relatives
  UNION ALL
  SELECT
    taxpayer_no,
    document_no,
    list_position($document_priority, 'pension_report'),
    true,
    place,
    has_spouse,
    NULL,
    spouse_elderly,
    dependant_specific_count,
    dependant_elderly_count,
    0,
    dependant_other_count,
    dependant_under_16_count,
    disability_special_count,
    disability_special_living_together_count,
    disability_other_count
  FROM counted_pension
  WHERE declares_relatives
)
SELECT *
FROM declared
QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY kind_order, place) = 1
