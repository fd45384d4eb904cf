-- What the ledger knew before of a person: rows of the register, of this and earlier fiscal years, that say something else than
-- the row of 1 January; of a person who is not in this year's register (moved out or died, the register does not say which), all.
SELECT DISTINCT taxpayer_no, number_id, name, kana, born_on, address
FROM pinned_resident
ANTI JOIN resident_of_year USING (taxpayer_no, name, kana, address)
WHERE fiscal_year <= $fiscal_year
