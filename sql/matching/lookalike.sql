-- Documents and the residents of the same birth date who have the document's kana or its name, in any spelling: mostly the person
-- alone, but also twins and namesakes. `fits`: the only one; or of several, name and address both agree, the address as it is on 1
-- January or as the register knew it at another time. Where somebody else is alike, a rule links only the one who fits alone:
-- number and kana are then no proof (a slip of the pen, a twin's number).
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
several AS (
  SELECT document_no, taxpayer_no
  FROM counted
  WHERE people > 1
),
lived AS (
  SELECT taxpayer_no, address FROM resident SEMI JOIN several USING (taxpayer_no)
  UNION
  SELECT taxpayer_no, address FROM former_state SEMI JOIN several USING (taxpayer_no) WHERE address IS NOT NULL
),
formed AS (
  SELECT
    document_no,
    taxpayer_no,
    document.name_form = resident.name_form AS name_agrees,
    address_form(document.address) AS document_form,
    address_form(lived.address) AS lived_form
  FROM several
  JOIN document USING (document_no)
  JOIN resident USING (taxpayer_no)
  JOIN lived USING (taxpayer_no)
)
SELECT document_no, taxpayer_no, true AS fits
FROM counted
WHERE people = 1
UNION ALL
SELECT
  document_no,
  taxpayer_no,
  coalesce(
    bool_or(
      name_agrees AND places_agree(place_of(document_form), room_of(document_form), place_of(lived_form), room_of(lived_form))
    ),
    false
  )
FROM formed
GROUP BY document_no, taxpayer_no
