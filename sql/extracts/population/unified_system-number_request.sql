-- 対象となる本人: who lives here on 1 January and has no 統合宛名番号.
SELECT taxpayer_no
FROM person_of_year
ANTI JOIN unified_number_of_person USING (taxpayer_no)
