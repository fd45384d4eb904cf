-- Supplements that stand, and those of them that the newest base does not say. Collection by an employer is said by the payer.
SELECT
  count(*) AS standing,
  count(*) FILTER (
    WHERE CASE
      WHEN supplement.item = 'collection_method' AND supplement.value = 'employment'
        THEN base.payer_document_no IS DISTINCT FROM payer.document_no AND payer.document_no IS NOT NULL
      ELSE coalesce(to_json(base) ->> supplement.item, '') IS DISTINCT FROM supplement.value
    END
  ) AS not_in_base
FROM supplement_of_year AS supplement
LEFT JOIN tax_base_of_year AS base ON base.taxpayer_no = supplement.taxpayer_no
LEFT JOIN supplemented_payer AS payer ON payer.taxpayer_no = supplement.taxpayer_no
