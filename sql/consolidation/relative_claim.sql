-- What is claimed for spouse and dependants, one row a taxpayer: by the return that decides, else by the report that speaks.
SELECT
  taxpayer_no,
  coalesce(filed.document_no, declared.document_no) AS document_no,
  coalesce(filed.has_spouse, declared.has_spouse) AS has_spouse,
  coalesce(filed.spouse_total_income_yen, declared.spouse_total_income_yen) AS spouse_total_income_yen,
  coalesce(filed.spouse_elderly, declared.spouse_elderly) AS spouse_elderly,
  filed.spouse_born_on,
  coalesce(filed.spouse_abroad, false) AS spouse_abroad,
  coalesce(filed.dependant_specific_count, declared.dependant_specific_count) AS dependant_specific_count,
  coalesce(filed.dependant_elderly_count, declared.dependant_elderly_count) AS dependant_elderly_count,
  coalesce(filed.dependant_elderly_parent_count, declared.dependant_elderly_parent_count) AS dependant_elderly_parent_count,
  coalesce(filed.dependant_other_count, declared.dependant_other_count) AS dependant_other_count,
  coalesce(filed.dependant_under_16_count, declared.dependant_under_16_count) AS dependant_under_16_count,
  coalesce(filed.disability_special_count, declared.disability_special_count) AS disability_special_count,
  coalesce(filed.disability_special_living_together_count, declared.disability_special_living_together_count)
    AS disability_special_living_together_count,
  coalesce(filed.disability_other_count, declared.disability_other_count) AS disability_other_count
FROM decisive_return AS filed
FULL JOIN declared_relatives AS declared USING (taxpayer_no)
