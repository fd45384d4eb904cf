-- The pairs whose spouse's base became another between the two pins: the spouse's income is part of the taxpayer's deductions (法314条の2).
SELECT pair.fiscal_year, pair.taxpayer_no, pair.ward_code
FROM pair
JOIN ledger.tax_base AS spouse
  ON spouse.fiscal_year = pair.fiscal_year AND spouse.taxpayer_no = pair.spouse_taxpayer_no
WHERE pair.earlier_version IS NOT NULL
GROUP BY ALL
HAVING count(*) FILTER (spouse.commit_no <= pair.later_pinned_commit_no AND spouse.known_on <= pair.decided_on)
  > count(*) FILTER (spouse.commit_no <= pair.earlier_pinned_commit_no AND spouse.known_on <= pair.earlier_decided_on)
ORDER BY ALL
