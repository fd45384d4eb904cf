-- 当該年度の初日（地方税法321条の3④・321条の7の2①）: the day of whose state the ways of collection are judged
CREATE OR REPLACE TEMP MACRO collection_status_day() AS make_date(p_fiscal_year(), p_collection_status_month(), 1);
