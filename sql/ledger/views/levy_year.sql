-- 賦課年度: the fiscal year to whose accounts a levy belongs (地方自治法208条, 同施行令142条①: from 1 April), by the day of its decision;
-- never before 相当年度, the year whose tax it is. Where the two differ, the levy is 過年度.
CREATE OR REPLACE TEMP MACRO levy_year(fiscal_year, decided_on) AS
  greatest(fiscal_year, (year(decided_on) - CASE WHEN month(decided_on) < 4 THEN 1 ELSE 0 END)::INTEGER);
