-- 賦課期日（地方税法318条）
CREATE OR REPLACE TEMP MACRO assessment_day() AS make_date(p_fiscal_year(), 1, 1);
