-- 対象となる本人: whose tax of the year is withheld from wages (地方税法321条の3), or was and the employer must hear that it ends (321条の6①).
SELECT taxpayer_no
FROM newest_assessment
WHERE fiscal_year = $fiscal_year AND contains(collection_method, 'employment')
UNION
SELECT taxpayer_no
FROM pinned_employer_notice
WHERE fiscal_year = $fiscal_year
