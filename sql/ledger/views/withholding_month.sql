-- The first month for which a decision counts with the employer (1 = June, 12 = May): June when it was made by 31 May (法321の4②), else
-- the month after it (法321の5①). One made in May of the next year or later counts for May: no later month is this year's (法321の6③).
CREATE OR REPLACE TEMP MACRO withholding_month(fiscal_year, decided_on) AS
  least(12, greatest(1, datediff('month', make_date(fiscal_year, 6, 1), decided_on) + 2));
