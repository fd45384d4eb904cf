-- To whom a computation is explained, as the register of the fiscal year knows the person last.
-- 支援措置 counts as soon as the register of this or a later year says so, whichever version is explained.
SELECT
  person.name,
  person.postcode,
  person.address,
  (
    SELECT bool_or(protected_address)
    FROM (
      SELECT protected_address
      FROM ledger.resident
      WHERE taxpayer_no = person.taxpayer_no AND fiscal_year >= person.fiscal_year
      QUALIFY row_number() OVER (PARTITION BY fiscal_year ORDER BY revision DESC) = 1
    )
  ) AS protected_address
FROM ledger.resident AS person
WHERE person.fiscal_year = ? AND person.taxpayer_no = ?
QUALIFY row_number() OVER (PARTITION BY person.taxpayer_no ORDER BY person.revision DESC) = 1
