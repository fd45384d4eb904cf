-- 仮徴収の回ごとの額
-- 条文: 地方税法321条の7の7①③、321条の7の8③、施行令48条の9の16④⑥、48条の9の15⑥（321条の7の10②）
-- pension_told: 年金からの特別徴収の額が前に決めてある
-- pension_as_first: 初めの決定の分け方のまま
-- pension_provisional_yen: 仮徴収の回ごとの額（4・6・8月。円）
-- Provisional amounts that came out otherwise stay as told, but those that can still be stopped are; a pension that ended keeps
-- what was paid, as far as the tax reaches.
SELECT *,
  len(earlier_provisional_yen) + len(earlier_final_yen) > 0 AS pension_told,
  NOT pension_told AND (final_fixed = 0 OR NOT by_pension) AS pension_as_first,
  CASE
    WHEN pension_as_first OR (by_pension AND len(earlier_provisional_yen) = 0) THEN first_provisional_yen
    WHEN NOT by_pension
      THEN at_most(first_parts(earlier_provisional_yen, provisional_paid, p_pension_instalment_count()), annual_tax_yen)
    WHEN list_resize(earlier_provisional_yen, p_pension_instalment_count(), 0) = first_provisional_yen
      THEN first_provisional_yen
    ELSE first_parts(earlier_provisional_yen, provisional_fixed, p_pension_instalment_count())
  END AS pension_provisional_yen
FROM previous
