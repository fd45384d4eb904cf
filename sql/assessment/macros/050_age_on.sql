-- 年齢（年齢計算ニ関スル法律、民法143条）: an age is reached at the end of the day before the birthday, so whoever was
-- born on 1 January has reached it on 31 December.
CREATE OR REPLACE TEMP MACRO age_on(born_on, day) AS date_sub('year', born_on - 1, day);
