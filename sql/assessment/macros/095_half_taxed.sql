-- 長期の譲渡所得と一時所得の半額（所得税法22条②二）
CREATE OR REPLACE TEMP MACRO half_taxed(amount) AS
  divide(
    (amount) * p_half_taxed_share_numerator(), p_half_taxed_share_denominator(), p_half_taxed_rounding());
