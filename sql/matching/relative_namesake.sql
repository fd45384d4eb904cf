-- Pairs of named relatives and residents for whom somebody else could be meant: another resident of the same birth date has the same name
-- (or, where only the kana agrees, the same kana) as the resident (twins, namesakes), or, where neither agrees, what is written.
WITH bearer AS (
  SELECT document_no, role, relative_no, pair.taxpayer_no, name_is, name_is OR kana_is AS agrees, resident.name, resident.kana, resident.born_on
  FROM relative_pair AS pair
  JOIN resident_of_year AS resident USING (taxpayer_no)
  WHERE bears_number
)
SELECT document_no, role, relative_no, bearer.taxpayer_no, other.taxpayer_no AS other_no
FROM bearer
JOIN resident_of_year AS other USING (born_on, name)
WHERE agrees AND other.taxpayer_no <> bearer.taxpayer_no
UNION
SELECT document_no, role, relative_no, bearer.taxpayer_no, other.taxpayer_no
FROM bearer
JOIN resident_of_year AS other USING (born_on, kana)
WHERE agrees AND NOT name_is AND other.taxpayer_no <> bearer.taxpayer_no
UNION
SELECT document_no, role, relative_no, bearer.taxpayer_no, other.taxpayer_no
FROM bearer
JOIN linked_relative AS relative USING (document_no, role, relative_no)
JOIN resident_of_year AS other ON other.born_on = bearer.born_on
WHERE NOT agrees
  AND other.taxpayer_no <> bearer.taxpayer_no
  AND coalesce(name_form(relative.name) = name_form(other.name), kana_form(relative.kana) = kana_form(other.kana), false)
