-- Who should be sent the key of the electronic notices and cannot be by post as it stands, with the reason.
SELECT DISTINCT
  newest.taxpayer_no,
  CASE addressee.addressee_kind
    WHEN 'protected' THEN '住所の保護（支援措置）の対象で、保護の後に登録された送付先がない'
    WHEN 'deceased' THEN '死亡している。相続人代表者の登録がない'
    ELSE '住所か郵便番号が空'
  END AS reason
FROM newest_assessment AS newest
JOIN withheld_version AS withheld USING (taxpayer_no, ward_code, version)
JOIN (
  SELECT designated_no, notice_delivery
  FROM pinned_employer
  QUALIFY row_number() OVER (PARTITION BY designated_no ORDER BY employer_version DESC) = 1
) AS master ON master.designated_no = withheld.designated_no AND master.notice_delivery = 'electronic'
LEFT JOIN notice_addressee AS addressee ON addressee.taxpayer_no = newest.taxpayer_no
ANTI JOIN (SELECT taxpayer_no FROM pinned_notice WHERE fiscal_year = $fiscal_year AND notice_kind = 'notice_key') AS keyed
  ON keyed.taxpayer_no = newest.taxpayer_no
WHERE newest.fiscal_year = $fiscal_year
  AND (
    coalesce(addressee.addressee_kind IN ('protected', 'deceased'), false)
    OR trim(coalesce(addressee.address, '')) = '' OR trim(coalesce(addressee.postcode, '')) = ''
  )
ORDER BY newest.taxpayer_no
