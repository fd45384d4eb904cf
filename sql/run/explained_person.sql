-- To whom a computation is explained, as the register knows the person now. Needs a pin of the fiscal year that sees everything.
-- 支援措置 counts as soon as the register of this or a later year, or a change, says so, whichever version is explained.
SELECT
  name,
  postcode,
  address,
  protected_address OR coalesce(
    (
      SELECT bool_or(protected_address)
      FROM (
        SELECT protected_address
        FROM ledger.resident
        WHERE taxpayer_no = person.taxpayer_no AND fiscal_year > getvariable('pinned_fiscal_year')
        QUALIFY row_number() OVER (PARTITION BY fiscal_year ORDER BY revision DESC) = 1
      )
    ),
    false
  ) AS protected_address
FROM addressee_of_year AS person
WHERE taxpayer_no = ?
