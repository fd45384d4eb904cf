-- Who is taxed as living here on 1 January (法318, 294②③), as the ledger derives it (sql/ledger/views/person_of_year.sql).
SELECT taxpayer_no, household_no, number_id, name, kana, born_on, address
FROM person_of_year
