-- 確定金額の百円未満の切捨て（地方税法20条の4の2③）
CREATE OR REPLACE TEMP MACRO floor_tax_amount(amount) AS floor_to(amount, p_tax_amount_unit_yen());
