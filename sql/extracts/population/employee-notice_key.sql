-- 対象となる本人: whose tax of the year is withheld from wages (地方税法321条の3).
SELECT taxpayer_no
FROM newest_assessment
WHERE fiscal_year = $fiscal_year AND contains(collection_method, 'employment')
