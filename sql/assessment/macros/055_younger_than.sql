-- まだその年齢に達していない（年齢計算ニ関スル法律、民法143条）: the same as age_on(born_on, day) < age, without counting
-- years for everybody. The days asked for here (1 January, 31 December) exist in every year.
CREATE OR REPLACE TEMP MACRO younger_than(born_on, age, day) AS born_on - 1 > (day - to_years(age))::DATE;
