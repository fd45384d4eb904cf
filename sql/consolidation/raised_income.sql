-- Whose income the city computed itself because the income tax return, or the tax office's correction of it, tells too little (法315一ただし書): one row an
-- item of income that an officer supplemented above what the decisive return says. Reads decisive_return and supplement_of_year.
WITH filed AS (
  SELECT taxpayer_no, document_no, return_kind, total_income_yen, unnest(map_entries(map {
    'employment_paid_yen': employment_paid_yen,
    'pension_paid_yen': pension_paid_yen,
    'business_yen': business_yen,
    'farming_yen': farming_yen,
    'real_estate_yen': real_estate_yen,
    'ordinary_dividend_yen': ordinary_dividend_yen,
    'investment_trust_dividend_yen': investment_trust_dividend_yen,
    'foreign_currency_dividend_yen': foreign_currency_dividend_yen,
    'other_dividend_yen': other_dividend_yen,
    'miscellaneous_business_yen': miscellaneous_business_yen,
    'miscellaneous_yen': miscellaneous_yen,
    'capital_short_yen': capital_short_yen,
    'capital_long_yen': capital_long_yen,
    'occasional_gain_yen': occasional_gain_yen,
    'forestry_yen': forestry_yen,
    'declared_retirement_income_yen': declared_retirement_income_yen
  })) AS declared
  FROM decisive_return
  WHERE return_kind <> 'resident'
)
SELECT
  filed.taxpayer_no,
  filed.document_no,
  filed.return_kind,
  filed.total_income_yen AS declared_total_income_yen,
  supplement.item,
  filed.declared.value AS declared_yen,
  CAST(supplement.value AS BIGINT) AS found_yen,
  supplement.decision_no
FROM filed
JOIN supplement_of_year AS supplement ON supplement.taxpayer_no = filed.taxpayer_no AND supplement.item = filed.declared.key
WHERE CAST(supplement.value AS BIGINT) > coalesce(filed.declared.value, 0)
ORDER BY filed.taxpayer_no, supplement.item
