SELECT
  string_agg(ward_code, '、') AS wards, -- refused: unordered_list
  list(DISTINCT ward_code) AS ward_list, -- refused: unordered_list
  array_agg(ward_code) FILTER (WHERE version > 1) AS some, -- refused: unordered_list
  array(SELECT version FROM pinned_notice) AS versions, -- refused: unordered_list
  row_number() OVER (PARTITION BY ward_code) AS place, -- refused: unordered_window
  rank() OVER by_ward AS rank_in_ward, -- refused: unordered_window
  lag((SELECT 1 ORDER BY 1)) OVER () AS before -- refused: unordered_window
FROM pinned_assessment
WINDOW by_ward AS (PARTITION BY ward_code);

SELECT taxpayer_no FROM (SELECT taxpayer_no FROM pinned_notice ORDER BY taxpayer_no)
LIMIT 10; -- refused: unordered_limit

SELECT DISTINCT ON (taxpayer_no) taxpayer_no, version FROM pinned_assessment; -- refused: unordered_distinct_on

COPY (SELECT taxpayer_no FROM (SELECT taxpayer_no FROM pinned_notice ORDER BY 1)) TO 'a.csv'; -- refused: unordered_copy
COPY pinned_notice TO 'b.csv'; -- refused: unordered_copy
