-- employer: how many taxpayers the payer of each taxpayer withholds from here; who the payer is stays behind.
WITH payer AS (
  SELECT
    a.taxpayer_no,
    coalesce(
      'designated ' || a.payer_designated_no,
      'corporate ' || w.payer_corporate_number,
      'individual ' || w.payer_number_id,
      'named ' || w.payer_name || ' ' || w.payer_address
    ) AS payer
  FROM assessed a
  LEFT JOIN pinned_wage_report w ON w.document_no = a.payer_document_no
  WHERE a.collection_method = 'employment'
)
SELECT taxpayer_no, count(*) OVER (PARTITION BY payer) AS employee_count
FROM payer
WHERE payer IS NOT NULL
