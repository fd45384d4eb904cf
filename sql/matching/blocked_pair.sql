-- The pairs as Splink asks for them where somebody else has found whom to compare: a row is compared with itself, for it holds both sides.
SELECT '0' AS match_key, pair AS join_key_l, pair AS join_key_r
FROM weighed_pair
