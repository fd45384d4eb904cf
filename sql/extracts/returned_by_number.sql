-- TEMP TABLE returned_row of a contract by 統合宛名番号, with whose number it is; one that is nobody's stands for itself.
CREATE OR REPLACE TEMP TABLE returned_row AS
SELECT returned.*, coalesce(number.taxpayer_no, returned.unified_no) AS taxpayer_no
FROM returned_row AS returned
LEFT JOIN unified_number_of_person AS number USING (unified_no)
ORDER BY taxpayer_no
