-- 317条の通知: who is assessed on an income that the city found itself to be above what the income tax return tells (315条一号ただし書), with the amounts on
-- which it rests. Reads raised_income. Who is not assessed yet with it is not told of.
SELECT
  newest.fiscal_year,
  newest.taxpayer_no,
  newest.name,
  person.born_on,
  newest.shown_address AS address,
  raised.return_kind,
  raised.declared_total_income_yen,
  newest.gross_income_yen,
  newest.retirement_income_yen,
  newest.forestry_income_yen,
  newest.decided_on
FROM newest_assessment AS newest
JOIN (
  SELECT taxpayer_no, return_kind, declared_total_income_yen, max(decision_no) AS decision_no
  FROM raised_income
  GROUP BY taxpayer_no, return_kind, declared_total_income_yen
) AS raised USING (taxpayer_no)
JOIN pinned_decision AS decision USING (decision_no)
LEFT JOIN person_of_year AS person USING (taxpayer_no)
WHERE newest.fiscal_year = $fiscal_year AND newest.annual_tax_yen > 0 AND newest.decided_on >= decision.decided_on
ORDER BY newest.taxpayer_no, newest.ward_code
