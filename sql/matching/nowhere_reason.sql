-- Where a document leads that nobody in the register comes near, as far as its address tells: to another municipality (回送), to a
-- place here where nobody is registered (法294③), or to an enquiry about the address (住所調査).
WITH document AS (
  SELECT document_no, address, place, municipality_of(coalesce(address, '')) AS municipality
  FROM unfound_document
  ANTI JOIN (SELECT document_no FROM number_pair) AS bearing USING (document_no)
  ANTI JOIN (
    SELECT document_no FROM attribute_pair
    UNION ALL
    SELECT document_no FROM near_pair
    UNION ALL
    SELECT document_no FROM former_pair WHERE resident OR agrees
    UNION ALL
    SELECT document_no FROM payer_pair
  ) AS near USING (document_no)
),
asked AS (
  -- An address without any number of a lot names no place where somebody could be registered.
  SELECT place, town_end(address) AS town_end FROM document WHERE municipality = 'here' AND regexp_matches(place, '[0-9]$')
),
registered AS (
  -- The form of every address of a city is dear, so only towns that end as one that is asked for are looked at.
  SELECT DISTINCT place
  FROM (
    SELECT place_of(address_form(address)) AS place
    FROM (SELECT DISTINCT address FROM resident_of_year)
    WHERE town_end(address) IN (SELECT town_end FROM asked)
  )
  WHERE place IN (SELECT place FROM asked)
)
SELECT
  document_no,
  CASE
    WHEN municipality = 'elsewhere' THEN 'resident_elsewhere'
    WHEN place IN (SELECT place FROM asked) AND place NOT IN (SELECT place FROM registered) THEN 'unregistered_here'
    ELSE 'no_candidate'
  END AS reason
FROM document
