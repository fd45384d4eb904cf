-- shown_yen: an amount as it may be seen: not above the ceiling, to the nearest unit (half up). Never negative.
CREATE OR REPLACE TEMP MACRO shown_yen(amount_yen, ceiling_yen, unit_yen) AS
  (((least(amount_yen, ceiling_yen) + unit_yen // 2) // unit_yen) * unit_yen)::BIGINT;
-- age_at: the age that the law counts: reached at the end of the day before the birthday (年齢計算ニ関する法律).
CREATE OR REPLACE TEMP MACRO age_at(born_on, day) AS date_sub('year', born_on - INTERVAL 1 DAY, day::TIMESTAMP);
