-- 年金の支払の月（地方税法321条の7の2①・321条の7の8①）: the first day of the month of the payment in this place (0, 1, …) of a half year
CREATE OR REPLACE TEMP MACRO pension_month(first_month, place) AS
  make_date(p_fiscal_year(), first_month, 1) + to_months((place * p_pension_payment_interval())::INTEGER);
