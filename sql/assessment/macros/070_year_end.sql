-- 前年の12月31日（地方税法314条の2⑧）: the day of whose state the relatives are judged
CREATE OR REPLACE TEMP MACRO year_end() AS assessment_day() - 1;
