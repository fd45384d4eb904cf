SELECT
  now() AS at, -- refused: clock
  current_date AS today_on, -- refused: clock
  current_timestamp AS stamped_at, -- refused: clock
  today() AS printed_on, -- refused: clock
  random() AS lot, -- refused: chance
  uuid() AS id, -- refused: chance
  gen_random_uuid() AS other_id, -- refused: chance
  any_value(name) AS some_name, -- refused: arbitrary
  first(name) AS first_name, -- refused: arbitrary
  last(name ORDER BY name) AS last_name, -- refused: arbitrary
  arbitrary(name) AS whichever, -- refused: arbitrary
  mode(name) AS usual -- refused: arbitrary
FROM pinned_resident;

SELECT name FROM pinned_resident USING SAMPLE 10 -- refused: chance
