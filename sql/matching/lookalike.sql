-- Documents and the residents of the same birth date who have the document's kana or its name, in any spelling: mostly the person
-- alone, but also twins and namesakes. `fits`: the only one; or of several, name and address both agree. Where somebody else is alike, a
-- rule links only the one who fits alone: number and kana are then no proof (a slip of the pen, a twin's number).
WITH document AS (
  SELECT document_no, born_on, kana_form(kana) AS kana_form, name_form(name) AS name_form, address
  FROM open_document
  WHERE born_on IS NOT NULL
),
resident AS (
  SELECT taxpayer_no, born_on, kana_form(kana) AS kana_form, name_form(name) AS name_form, address
  FROM resident_of_year
  WHERE born_on IN (SELECT born_on FROM document)
),
alike AS (
  SELECT document_no, taxpayer_no
  FROM document
  JOIN resident USING (born_on, kana_form)
  UNION
  SELECT document_no, taxpayer_no
  FROM document
  JOIN resident USING (born_on, name_form)
),
counted AS (
  SELECT document_no, taxpayer_no, count(*) OVER (PARTITION BY document_no) AS people
  FROM alike
),
formed AS (
  SELECT
    document_no,
    taxpayer_no,
    document.name_form = resident.name_form AS name_agrees,
    address_form(document.address) AS document_form,
    address_form(resident.address) AS resident_form
  FROM counted
  JOIN document USING (document_no)
  JOIN resident USING (taxpayer_no)
  WHERE people > 1
)
SELECT document_no, taxpayer_no, true AS fits
FROM counted
WHERE people = 1
UNION ALL
SELECT
  document_no,
  taxpayer_no,
  coalesce(
    name_agrees
      AND places_agree(place_of(document_form), room_of(document_form), place_of(resident_form), room_of(resident_form)),
    false
  )
FROM formed
