-- What holds of every employer today. An employer's own word (総括表) and officers' decisions follow one another, the later wins;
-- a wage report is heard only where neither says anything, and then the first: names in reports are spelled carelessly.
WITH heard AS (
  SELECT *, kind <> 'report' AS of_weight
  FROM statement
  WHERE identity = known_identity OR identity IS NULL OR kind = 'decision'
),
spoken AS (
  SELECT
    designated_no,
    max_by(corporate_number, place) FILTER (WHERE identity = known_identity) AS corporate_number,
    max_by(number_id, place) FILTER (WHERE identity = known_identity AND corporate_number IS NULL) AS number_id,
    coalesce(max_by(name, place) FILTER (WHERE of_weight AND name IS NOT NULL), min_by(name, place)) AS name,
    max_by(kana, place) FILTER (WHERE kana IS NOT NULL) AS kana,
    coalesce(max_by(address, place) FILTER (WHERE of_weight AND address IS NOT NULL), min_by(address, place)) AS address,
    coalesce(max_by(instalment_exception, place) FILTER (WHERE instalment_exception IS NOT NULL), false) AS instalment_exception,
    max_by(notice_delivery, place) FILTER (WHERE notice_delivery IS NOT NULL) AS notice_delivery,
    nullif(max_by(merged_into, place) FILTER (WHERE merged_into IS NOT NULL), '') AS merged_into,
    coalesce(max(place) FILTER (WHERE of_weight), min(place)) AS last_place
  FROM heard
  GROUP BY designated_no
)
SELECT
  spoken.* EXCLUDE (last_place),
  heard.valid_from,
  heard.file_no,
  heard.record_no,
  heard.decision_no
FROM spoken
JOIN heard ON heard.designated_no = spoken.designated_no AND heard.place = spoken.last_place
