-- Documents that nobody fits, and residents who differ in one thing: the kana (same birth date and place) or the birth date (same kana
-- and place). They link nothing and are shown to the person who decides.
WITH by_birth_form AS (
  SELECT taxpayer_no, born_on, address_form(address) AS form
  FROM resident_of_year
  WHERE born_on IN (SELECT born_on FROM unfound_document)
),
by_birth AS (
  SELECT taxpayer_no, born_on, place_of(form) AS place, room_of(form) AS room
  FROM by_birth_form
),
by_kana_form AS (
  SELECT taxpayer_no, born_on, kana, address_form(address) AS form
  FROM (SELECT taxpayer_no, born_on, width_fold(kana) AS kana, address FROM resident_of_year)
  WHERE kana IN (SELECT kana FROM unfound_document)
),
by_kana AS (
  SELECT taxpayer_no, born_on, kana, place_of(form) AS place, room_of(form) AS room
  FROM by_kana_form
)
SELECT document_no, taxpayer_no, true AS born_agrees
FROM unfound_document AS document
JOIN by_birth ON by_birth.born_on = document.born_on AND by_birth.place = document.place
WHERE places_agree(document.place, document.room, by_birth.place, by_birth.room)
UNION ALL
SELECT document_no, taxpayer_no, false
FROM unfound_document AS document
JOIN by_kana ON by_kana.kana = document.kana AND by_kana.place = document.place
WHERE by_kana.born_on IS DISTINCT FROM document.born_on
  AND places_agree(document.place, document.room, by_kana.place, by_kana.room)
