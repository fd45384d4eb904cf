-- 賦課年度が相当年度より後か（地方自治法208条: 会計年度は4月1日から）: whether a decision of this day belongs to a later fiscal year
CREATE OR REPLACE TEMP MACRO fiscal_year_is_over(decided_on) AS
  decided_on >= make_date(p_fiscal_year() + 1, p_collection_status_month(), 1);
