-- 土地・建物の譲渡所得の特別控除
-- 条文: 地方税法附則34条①④、35条①⑤（租税特別措置法33条の4〜35条の3・36条）
-- land_short_less_special_yen: 特別控除の後の短期譲渡所得（円）
-- land_short_public_less_special_yen: 特別控除の後の国等への短期譲渡所得（円）
-- land_long_less_special_yen: 特別控除の後の長期譲渡所得（円）
-- land_long_excellent_less_special_yen: 特別控除の後の優良住宅地等のための長期譲渡所得（円）
-- land_long_residence_less_special_yen: 特別控除の後の居住用財産の長期譲渡所得（円）
SELECT *,
  CASE WHEN has_land THEN greatest(land_short_after_losses_yen - land_short_special_deduction_yen, 0) ELSE 0 END
    AS land_short_less_special_yen,
  CASE WHEN has_land THEN greatest(land_short_public_after_losses_yen - land_short_public_special_deduction_yen,
    0) ELSE 0 END AS land_short_public_less_special_yen,
  CASE WHEN has_land THEN greatest(land_long_after_losses_yen - land_long_special_deduction_yen, 0) ELSE 0 END
    AS land_long_less_special_yen,
  CASE WHEN has_land THEN greatest(land_long_excellent_after_losses_yen -
    land_long_excellent_special_deduction_yen, 0) ELSE 0 END AS land_long_excellent_less_special_yen,
  CASE WHEN has_land THEN greatest(land_long_residence_after_losses_yen -
    land_long_residence_special_deduction_yen, 0) ELSE 0 END AS land_long_residence_less_special_yen
FROM previous
