-- How frequent each weighed candidate's name, kana, birth date and address is among the residents: the chance that somebody else has it, too. Of a
-- name the share of its bearers, or what surname and given name come to together, whichever is greater: the only 佐藤 茂 of a town is less
-- telling than the only 鵜殿 茂. In parts of a thousand million, at least one.
WITH everybody AS (
  SELECT count(*)::HUGEINT AS people FROM resident_of_year
),
term AS (
  SELECT item, term, count(*) AS people
  FROM (
    SELECT unnest([
      {item: 'name', term: name},
      {item: 'kana', term: kana},
      {item: 'born', term: born_on::VARCHAR},
      {item: 'address', term: address}
    ], recursive := true)
    FROM resident_of_year
  )
  SEMI JOIN (
    SELECT unnest([
      {item: 'name', term: name},
      {item: 'kana', term: kana},
      {item: 'born', term: born},
      {item: 'address', term: address}
    ], recursive := true)
    FROM weighed_pair
  ) AS wanted USING (item, term)
  GROUP BY item, term
),
part AS (
  SELECT item, place, part, count(*) AS people
  FROM (
    SELECT item, unnest([1, 2]) AS place, unnest([split_part(term, '　', 1), split_part(term, '　', 2)]) AS part
    FROM (
      SELECT unnest([{item: 'name', term: name}, {item: 'kana', term: kana}], recursive := true)
      FROM resident_of_year
    )
  )
  WHERE part <> ''
  GROUP BY item, place, part
)
SELECT
  term.item,
  term.term,
  greatest(
    term.people * 1000000000 // everybody.people,
    coalesce(surname.people * given.people * 1000000000 // (everybody.people * everybody.people), 0),
    1
  )::BIGINT AS share_ppb
FROM term
CROSS JOIN everybody
LEFT JOIN part AS surname
  ON surname.item = term.item AND surname.place = 1 AND surname.part = split_part(term.term, '　', 1)
LEFT JOIN part AS given
  ON given.item = term.item AND given.place = 2 AND given.part = split_part(term.term, '　', 2)
