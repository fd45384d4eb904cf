-- Where the linked documents of the fiscal year stand: in a base, replaced, cancelled, superseded or void; and those that are
-- nowhere, in more than one base, or in a base although they no longer count.
WITH held AS (
  SELECT unnest(document_nos) AS document_no
  FROM tax_base_of_year
),
held_once AS (
  SELECT document_no, count(*) AS bases
  FROM held
  GROUP BY document_no
),
placed AS (
  SELECT
    coalesce(linked_document.document_no, held_once.document_no) AS document_no,
    linked_document.document_no IS NOT NULL AS linked,
    standing_document.document_no IS NOT NULL AS standing,
    coalesce(held_once.bases, 0) AS bases
  FROM linked_document
  FULL JOIN held_once ON held_once.document_no = linked_document.document_no
  LEFT JOIN standing_document ON standing_document.document_no = linked_document.document_no
)
SELECT
  count(*) FILTER (WHERE linked) AS linked,
  count(*) FILTER (WHERE standing AND bases = 1) AS in_a_base,
  count(*) FILTER (WHERE linked AND NOT standing) AS not_counting,
  count(*) FILTER (WHERE standing AND bases = 0) AS nowhere,
  count(*) FILTER (WHERE bases > 1) AS twice,
  count(*) FILTER (WHERE NOT standing AND bases > 0) AS no_longer_counting
FROM placed
