-- 扶養の照会（地方税法20条の11）: claimed relatives who lived elsewhere on 1 January, by the municipality that the register's changes tell. Where they
-- do not tell, a person must find it. Reads relative_finding.
WITH bearer AS (
  SELECT number_id, min(taxpayer_no) AS taxpayer_no
  FROM (
    SELECT number_id, taxpayer_no FROM pinned_resident
    UNION
    SELECT number_id, taxpayer_no FROM standing_change
  )
  WHERE number_id IN (SELECT number_id FROM relative_finding)
  GROUP BY number_id
  HAVING count(*) = 1
)
SELECT
  concat($fiscal_year, '-44-', concat_ws('-', finding.taxpayer_no, document_no, role, relative_no)) AS notice_no,
  coalesce(absence.january_municipality, '') AS recipient,
  finding.taxpayer_no,
  taxpayer.name,
  receiver.municipality_name AS receiver_name,
  receiver.office_name AS receiver_office,
  receiver.postcode,
  receiver.address,
  finding.name AS relative_name,
  finding.born_on,
  CASE role WHEN 'spouse' THEN '配偶者' WHEN 'dependant' THEN '扶養親族' WHEN 'under_16' THEN '16歳未満' ELSE '特定親族' END AS role,
  '' AS blank,
  CASE
    WHEN absence.january_municipality IS NULL THEN '照会する人の1月1日の市区町村が分からない。住基ネットなどで確かめる'
    WHEN taxpayer.protected_address THEN '控除を申告した人が住所の保護（支援措置）の対象。照会の仕方を職員が決める'
  END AS objection
FROM (SELECT DISTINCT taxpayer_no, document_no, role, relative_no, name, born_on, number_id
      FROM relative_finding WHERE finding IN ('lives_elsewhere', 'left_register')) AS finding
LEFT JOIN addressee_of_year AS taxpayer USING (taxpayer_no)
LEFT JOIN bearer USING (number_id)
LEFT JOIN absence_of_year AS absence ON absence.taxpayer_no = bearer.taxpayer_no
LEFT JOIN municipality_of_day AS receiver ON receiver.municipality_code = absence.january_municipality
ORDER BY recipient, finding.taxpayer_no, document_no, role, relative_no
