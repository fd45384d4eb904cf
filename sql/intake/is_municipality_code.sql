-- 全国地方公共団体コード: whether six digits end in their check digit: 11 less the rest of the others' sum, weighted 6 to 2, by 11; of two digits the last.
CREATE OR REPLACE TEMP MACRO is_municipality_code(code) AS coalesce(
  length(code) = 6 AND TRY_CAST(code[6] AS INTEGER) = (11 - list_sum(
    list_transform(range(1, 6), lambda place: TRY_CAST(code[place] AS INTEGER) * (7 - place))
  ) % 11) % 10,
  false
);
