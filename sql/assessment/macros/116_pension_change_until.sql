-- 支払回の額を変えられる最後の日（施行令48条の9の15①・48条の9の16⑥）: the tenth of the month two before that of the payment
CREATE OR REPLACE TEMP MACRO pension_change_until(first_month, place) AS
  pension_month(first_month, place) - to_months(p_pension_change_lead()::INTEGER)
    + to_days((p_pension_change_day() - 1)::INTEGER);
