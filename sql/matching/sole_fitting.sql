-- For each document with anybody alike the one who fits alone; NULL where nobody does, or several do.
SELECT
  document_no,
  CASE WHEN count_if(fits) = 1 THEN min(taxpayer_no) FILTER (WHERE fits) END AS taxpayer_no
FROM lookalike
GROUP BY document_no
