-- One form for full and half width, as Unicode's NFKC has it, over what CP932 can write: half-width katakana (with its sound
-- marks), full-width ASCII, the ideographic space. DuckDB has NFC but no NFKC, hence the two lists.
-- Width is form, not spelling: a wage report's kana is half-width (item 137), the register's full-width. Nothing else is folded
-- here; spellings are compared by the forms (kana_form, name_form, address_form).
-- `translate` builds its table for every row, so only strings that hold such a character pay for it, and addresses, which
-- hold only digits, hyphens and spaces of them, pay little.
CREATE OR REPLACE TEMP MACRO full_width_ascii_fold(t) AS
  CASE
    WHEN NOT regexp_matches(t, '[！-～]') THEN t
    WHEN NOT regexp_matches(t, '[！-，．／：-～]') THEN translate(t, '－０１２３４５６７８９', '-0123456789')
    ELSE translate(t, '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～', '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~') END;

CREATE OR REPLACE TEMP MACRO half_width_kana_fold(t) AS
  CASE WHEN regexp_matches(t, '[｡-ﾟ]')
    THEN translate(t, '｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ', '。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゙゚')
    ELSE t END;

CREATE OR REPLACE TEMP MACRO width_fold(t) AS
  nfc_normalize(replace(half_width_kana_fold(full_width_ascii_fold(t)), '　', ' '));
