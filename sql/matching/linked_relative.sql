-- The spouses and dependants whom the fiscal year's linked documents name, with the taxpayer who names them (as this run links).
-- NULL is blank: wage and pension reports give no birth date, returns no kana.
WITH link AS (
  SELECT document_no, taxpayer_no
  FROM new_link
  UNION ALL
  SELECT document_no, taxpayer_no
  FROM current_document_link
  ANTI JOIN new_link USING (document_no)
),
listed AS (
  SELECT document_no, role, relative_no, number_id, name, kana, NULL::DATE AS born_on, residence_code, false AS living_apart
  FROM pinned_wage_report_relative
  UNION ALL
  SELECT document_no, role, relative_no, number_id, name, kana, NULL, residence_code, false
  FROM pinned_pension_report_relative
  UNION ALL
  SELECT document_no, role, relative_no, number_id, name, '', born_on, residence_code, living_apart
  FROM pinned_tax_return_relative
)
SELECT
  document_no,
  role,
  relative_no,
  link.taxpayer_no AS named_by,
  listed.number_id,
  nullif(listed.name, '') AS name,
  nullif(listed.kana, '') AS kana,
  listed.born_on,
  listed.residence_code NOT IN ('', '00') AS abroad,
  listed.living_apart
FROM listed
JOIN link USING (document_no)
SEMI JOIN document_of_year USING (document_no)
WHERE link.taxpayer_no IS NOT NULL
