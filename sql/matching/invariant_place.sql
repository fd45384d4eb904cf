-- Where each document of the fiscal year stands: linked, waiting for a person, forwarded, closed, nowhere, in more than one place.
SELECT
  count(*) AS documents,
  count(*) FILTER (WHERE linked = 1 AND waiting + forwarded + closed = 0) AS linked,
  count(*) FILTER (WHERE waiting = 1 AND linked + forwarded + closed = 0) AS waiting,
  count(*) FILTER (WHERE forwarded = 1 AND linked + waiting + closed = 0) AS forwarded,
  count(*) FILTER (WHERE closed = 1 AND linked + waiting + forwarded = 0) AS closed,
  count(*) FILTER (WHERE linked + waiting + forwarded + closed = 0) AS nowhere,
  count(*) FILTER (WHERE linked + waiting + forwarded + closed > 1) AS twice
FROM (
  SELECT
    document.document_no,
    count(DISTINCT link.taxpayer_no) AS linked,
    count(DISTINCT item.reason) FILTER (WHERE item.reason NOT IN ('forwarded', 'closed')) AS waiting,
    count(DISTINCT item.reason) FILTER (WHERE item.reason = 'forwarded') AS forwarded,
    count(DISTINCT item.reason) FILTER (WHERE item.reason = 'closed') AS closed
  FROM document_of_year AS document
  LEFT JOIN current_document_link AS link USING (document_no)
  LEFT JOIN current_review_item AS item USING (document_no)
  GROUP BY document.document_no
)
