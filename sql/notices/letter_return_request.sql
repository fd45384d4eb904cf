-- 申告のお願いを送る人（地方税法317条の2・317条の7）: who has not filed and is claimed by nobody, once a year. Reads non_filer. Whose document may
-- wait in the queue is left for later; whoever died is for a person to see to.
SELECT
  concat($fiscal_year, '-41-', taxpayer_no) AS notice_no,
  taxpayer_no AS recipient,
  taxpayer_no,
  addressee.name,
  addressee.postcode,
  addressee.address,
  CASE
    WHEN taxpayer_no IN (SELECT taxpayer_no FROM standing_change WHERE change_kind = 'died') THEN '死亡している。相続人に尋ねるかを職員が決める'
    WHEN addressee.protected_address THEN '住所の保護（支援措置）の対象。送り先と渡し方を職員が決める'
  END AS objection
FROM non_filer
LEFT JOIN addressee_of_year AS addressee USING (taxpayer_no)
WHERE NOT awaited
ORDER BY addressee.postcode, taxpayer_no
