-- One form for the spellings of an address: `place_of` up to the 番・号, `room_of` the digits and letters of what follows (方書).
-- Folded: width, 異体字 (as in names), a leading prefecture, 大字, ヶ・が as ケ, 漢数字, 丁目・番地・番・号・の as hyphens, every hyphen.
-- NULL place for a blank. 番町・番丁 are names of towns, not numbers of lots.
CREATE OR REPLACE TEMP MACRO kanji_number_fold(t) AS
  CASE WHEN regexp_matches(t, '[〇一二三四五六七八九十]')
    THEN translate(
      replace(
        regexp_replace(
          regexp_replace(
            regexp_replace(t, '([一二三四五六七八九])十([一二三四五六七八九])', '\1\2', 'g'),
            '([一二三四五六七八九])十', '\1〇', 'g'),
          '十([一二三四五六七八九])', '一\1', 'g'),
        '十', '一〇'),
      '〇一二三四五六七八九', '0123456789')
    ELSE t END;

CREATE OR REPLACE TEMP MACRO address_form(t) AS
  list_transform(
    [upper(width_fold(t))],
    lambda x:
      regexp_replace(
        regexp_replace(
          regexp_replace(
            regexp_replace(
              kanji_number_fold(
                regexp_replace(
                  translate(replace(replace(replace(variant_fold(x), '番町', '〓町'), '番丁', '〓丁'), '大字', ''), 'ヶヵがガ', 'ケカケケ'),
                  '^\s*(北海道|東京都|京都府|大阪府|[^市区町村郡]{2,3}県)', '')),
              '([0-9])\s*(丁目|丁|番地の?|番|号|[のノ之]|[\-‐‑‒–—―−ー~])\s*', '\1-', 'g'),
            '-+', '-', 'g'),
          '([0-9]-?)\s+', '\1|', 'g'),
        '\s', '', 'g')
  )[1];

-- 1 what stands before the numbers of the lot, 2 those numbers, 3 what follows.
CREATE OR REPLACE TEMP MACRO part_of(form, part) AS
  regexp_extract(form, '^(.*?)([0-9]+-[0-9-]*|[0-9]+$|[0-9]+\|)(.*)$', part);

CREATE OR REPLACE TEMP MACRO place_of(form) AS
  list_transform(
    [form],
    lambda f: coalesce(nullif(part_of(f, 1) || rtrim(part_of(f, 2), '-|'), ''), nullif(f, ''))
  )[1];

CREATE OR REPLACE TEMP MACRO room_of(form) AS
  array_to_string(regexp_extract_all(part_of(form, 3), '[0-9A-Z]+'), '-');

-- The two characters before the first numeral: a cheap key under which equal places meet.
CREATE OR REPLACE TEMP MACRO town_end(address) AS
  translate(
    variant_fold(regexp_extract(address, '(..)[\s　]*[0-9０-９〇一二三四五六七八九十]', 1)), 'ヶヵがガ', 'ケカケケ'
  );

-- The same place, and no two different rooms: a room may be missing on one side, or stand among the numbers of the lot.
CREATE OR REPLACE TEMP MACRO places_agree(place, room, other_place, other_room) AS
  coalesce(
    (place = other_place AND (room = other_room OR room = '' OR other_room = ''))
    OR rtrim(place || '-' || room, '-') = rtrim(other_place || '-' || other_room, '-'),
    false);

-- Where an address lies as far as its text tells: 'here', 'elsewhere', or 'unknown' (no municipality is written). `match` binds
-- the city's names and those of the designated cities, which are written without their prefecture.
CREATE OR REPLACE TEMP MACRO municipality_of(address) AS
  CASE
    WHEN regexp_matches(address, getvariable('here_pattern')) THEN 'here'
    WHEN regexp_matches(address, getvariable('elsewhere_pattern')) THEN 'elsewhere'
    ELSE 'unknown'
  END;
