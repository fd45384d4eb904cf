-- One form for the spellings of a name: width, 旧字体 and 異体字 (schemas/matching/name_variants.yaml, which `match` binds to the
-- variables variants, standard_forms and variant_pattern), 々 written out, capital letters, no spaces, dots or selectors of glyphs.
-- NULL for a blank: what is blank agrees with nothing.
CREATE OR REPLACE TEMP MACRO variant_fold(t) AS
  CASE WHEN regexp_matches(t, getvariable('variant_pattern'))
    THEN translate(t, getvariable('variants'), getvariable('standard_forms'))
    ELSE t END;

-- `list_transform` over one value binds it once: a macro that names its argument twice doubles it with every macro around.
CREATE OR REPLACE TEMP MACRO name_form(t) AS
  list_transform(
    [upper(width_fold(t))],
    lambda x: nullif(
      regexp_replace(
        regexp_replace(variant_fold(x), '[\s・.,''\-\x{FE00}-\x{FE0F}\x{E0100}-\x{E01EF}]', '', 'g'),
        '(.)々', '\1\1', 'g'),
      '')
  )[1];
