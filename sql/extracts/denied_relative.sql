-- 扶養控除否認事項: a row a relative whom an officer denied. Reads claimed_relative (pipelines/consolidation/lists.py).
SELECT
  $fiscal_year::INTEGER AS fiscal_year,
  relative.taxpayer_no,
  person.name,
  person.born_on,
  CASE WHEN addressee.protected_address THEN '' ELSE person.address END AS address,
  document.document_kind,
  relative.name AS relative_name,
  relative.born_on AS relative_born_on,
  relative.role,
  relative.decided_on,
  relative.verdict_reason
FROM claimed_relative AS relative
JOIN person_of_year AS person USING (taxpayer_no)
LEFT JOIN addressee_of_year AS addressee USING (taxpayer_no)
JOIN pinned_document AS document USING (document_no)
WHERE relative.claimed AND relative.verdict = 'deny'
ORDER BY relative.taxpayer_no, relative.document_no, relative.role, relative.relative_no
