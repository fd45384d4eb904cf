-- Searched documents and the residents with the same birth date and the same kana in any spelling; where a kana is missing on one
-- side, the name in any spelling stands in for it. `exact`: kana and address are the same up to width. The birth
-- date and the form are the key of the join.
WITH near AS (
  SELECT taxpayer_no, born_on, name, kana, kana_form(kana) AS kana_form, address
  FROM resident_of_year
  WHERE born_on IN (SELECT born_on FROM searched_document)
),
pair AS (
  SELECT document_no, taxpayer_no, near.kana, near.address
  FROM searched_document AS searched
  JOIN near ON near.born_on = searched.born_on AND near.kana_form = searched.kana_form
  UNION ALL
  SELECT document_no, taxpayer_no, near.kana, near.address
  FROM (FROM searched_document WHERE kana_form IS NULL) AS searched
  JOIN near ON near.born_on = searched.born_on AND name_form(near.name) = searched.name_form
  UNION ALL
  SELECT document_no, taxpayer_no, near.kana, near.address
  FROM (FROM searched_document WHERE kana_form IS NOT NULL) AS searched
  JOIN (FROM near WHERE kana_form IS NULL) AS near
    ON near.born_on = searched.born_on AND name_form(near.name) = searched.name_form
),
formed AS (
  SELECT document_no, taxpayer_no, kana, address, address_form(address) AS form
  FROM pair
),
placed AS (
  SELECT document_no, taxpayer_no, width_fold(kana) AS kana, width_fold(address) AS address, place_of(form) AS place,
    room_of(form) AS room
  FROM formed
)
SELECT
  document_no,
  taxpayer_no,
  places_agree(searched.place, searched.room, placed.place, placed.room) AS address_agrees,
  coalesce(searched.kana = placed.kana AND searched.address = placed.address, false) AS exact
FROM placed
JOIN searched_document AS searched USING (document_no)
