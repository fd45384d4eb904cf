-- Documents that nobody fits today, and the people whom the register knew before under this kana or at this address (with the same
-- birth date). `agrees`: kana and address both do, each now or before; of a person who has left the register, also number, kana and
-- birth date. `resident`: in the register of 1 January.
WITH known AS (
  SELECT taxpayer_no, former.number_id, former.kana, former.address, coalesce(resident.born_on, former.born_on) AS born_on,
    resident.taxpayer_no IS NOT NULL AS resident
  FROM former_state AS former
  LEFT JOIN resident_of_year AS resident USING (taxpayer_no)
  UNION ALL
  SELECT taxpayer_no, NULL, kana, address, born_on, true
  FROM resident_of_year
  SEMI JOIN former_state USING (taxpayer_no)
),
spelled AS (
  SELECT taxpayer_no, number_id, born_on, resident, kana_form(kana) AS kana_form, address_form(address) AS address_form
  FROM known
  WHERE born_on IN (SELECT born_on FROM unfound_document)
),
form AS (
  SELECT taxpayer_no, number_id, born_on, resident, kana_form, place_of(address_form) AS place, room_of(address_form) AS room
  FROM spelled
),
kana_hit AS (
  SELECT DISTINCT document_no, taxpayer_no, form.resident
  FROM unfound_document AS document
  JOIN form ON form.born_on = document.born_on AND form.kana_form = document.kana_form
),
address_hit AS (
  SELECT DISTINCT document_no, taxpayer_no, form.resident
  FROM unfound_document AS document
  JOIN form ON form.born_on = document.born_on AND form.place = document.place
  WHERE places_agree(document.place, document.room, form.place, form.room)
),
number_hit AS (
  SELECT DISTINCT document_no, taxpayer_no
  FROM unfound_document AS document
  JOIN form ON form.number_id = document.number_id AND form.born_on = document.born_on AND form.kana_form = document.kana_form
  WHERE NOT form.resident
)
SELECT
  document_no,
  taxpayer_no,
  resident,
  kana_hit.document_no IS NOT NULL AS kana_agrees,
  address_hit.document_no IS NOT NULL AS address_agrees,
  (kana_agrees AND address_agrees) OR number_hit.document_no IS NOT NULL AS agrees
FROM kana_hit
FULL JOIN address_hit USING (document_no, taxpayer_no, resident)
LEFT JOIN number_hit USING (document_no, taxpayer_no)
