-- 課税標準額の千円未満の切捨て（地方税法20条の4の2①）
CREATE OR REPLACE TEMP MACRO floor_taxable_base(amount) AS floor_to(amount, p_taxable_base_unit_yen());
