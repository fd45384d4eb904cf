-- One form for the spellings of a kana name: width and sound marks, hiragana, spaces and dots, small kana, ヂヅヲヰヱ, and a long
-- vowel however it is written (オオノ・オーノ・オウノ, ﾕ-ｺ・ユウコ). NULL for a blank.
-- Two names may share a form (ユウ, ユー): a form links only together with the birth date and more, and to one person only.
CREATE OR REPLACE TEMP MACRO katakana_fold(t) AS
  CASE WHEN regexp_matches(t, '[ぁ-ゖ]')
    THEN translate(t, 'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖ', 'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶ')
    ELSE t END;

CREATE OR REPLACE TEMP MACRO small_kana_fold(t) AS
  CASE WHEN regexp_matches(t, '[ァィゥェォッャュョヮヵヶヂヅヲヰヱ]')
    THEN translate(t, 'ァィゥェォッャュョヮヵヶヂヅヲヰヱ', 'アイウエオツヤユヨワカケジズオイエ')
    ELSE t END;

CREATE OR REPLACE TEMP MACRO long_vowel_fold(t) AS
  regexp_replace(
    t,
    '([アカサタナハマヤラワガザダバパ])[アー]|([イキシチニヒミリギジビピ])[イー]|([ウクスツヌフムユルグズブプヴ])[ウー]|([エケセテネヘメレゲゼデベペ])[エイー]|([オコソトノホモヨロゴゾドボポ])[オウー]',
    '\1\2\3\4\5ー',
    'g');

CREATE OR REPLACE TEMP MACRO kana_form(t) AS
  list_transform(
    [upper(width_fold(t))],
    lambda x: nullif(
      long_vowel_fold(
        regexp_replace(
          regexp_replace(small_kana_fold(katakana_fold(x)), '[\s・.,'']', '', 'g'),
          '[\-‐‑‒–—―−]', 'ー', 'g')),
      '')
  )[1];
