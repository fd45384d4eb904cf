-- The spouses and dependants whom documents name, of the year's linked documents, with who matching found them to be. A report tells neither birth
-- date nor disability of each (NULL); whoever is named for 所得金額調整控除 alone is claimed for nothing here.
WITH named AS (
  SELECT document_no, role, relative_no, number_id, name, NULL::DATE AS born_on, NULL::VARCHAR AS disability, NULL::BOOLEAN AS living_apart
  FROM pinned_wage_report_relative
  UNION ALL
  SELECT document_no, role, relative_no, number_id, name, NULL, NULL, NULL
  FROM pinned_pension_report_relative
  UNION ALL
  SELECT document_no, role, relative_no, number_id, name, born_on, disability, living_apart
  FROM pinned_tax_return_relative
  WHERE NOT adjustment_only
)
SELECT named.*, link.taxpayer_no AS relative_taxpayer_no, link.reason AS unfound_because
FROM named
SEMI JOIN linked_document USING (document_no)
LEFT JOIN (
  SELECT document_no, role, relative_no, taxpayer_no, reason
  FROM pinned_relative_link
  JOIN (
    SELECT document_no, role, relative_no, max(relative_link_version) AS relative_link_version
    FROM pinned_relative_link
    GROUP BY document_no, role, relative_no
  ) USING (document_no, role, relative_no, relative_link_version)
) AS link USING (document_no, role, relative_no)
