-- Documents that no number links, with the forms in which they are searched; NULL is blank and agrees with nothing. The rules below
-- the number link only those without a number; of the others they find the candidates.
SELECT document_no, number_id, kana, kana_form, name_form, born_on, address, place_of(form) AS place, room_of(form) AS room
FROM (
  SELECT
    document_no,
    number_id,
    nullif(width_fold(kana), '') AS kana,
    kana_form(kana) AS kana_form,
    name_form(name) AS name_form,
    born_on,
    nullif(width_fold(address), '') AS address,
    address_form(address) AS form
  FROM open_document
  ANTI JOIN (SELECT document_no FROM number_outcome WHERE reason IS NULL) AS linked USING (document_no)
)
