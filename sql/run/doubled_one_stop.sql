-- 申告特例通知書 whose sender gave one 整理番号 to several new ones; all stand (decision 0021). Reads one_stop_notice_of_year.
SELECT
  notice.sender_municipality AS "通知元コード",
  notice.sender_name AS "通知元",
  notice.reference_no AS "整理番号",
  notice.document_no AS "資料番号",
  coalesce(notice.taxpayer_no, '') AS "宛名番号",
  coalesce(file.received_on, document.known_on) AS "受付日",
  notice.donated_yen AS "寄附金の額（円）",
  CASE
    WHEN notice.void THEN 'なかったものとみなす（算入しない）'
    WHEN notice.taxpayer_no IS NULL THEN '名寄せ前（算入していない）'
    ELSE '算入'
  END AS "扱い"
FROM one_stop_notice_of_year AS notice
JOIN pinned_document AS document USING (document_no)
LEFT JOIN pinned_source_file AS file ON file.file_no = document.file_no
WHERE notice.same_number_count > 1
ORDER BY notice.sender_municipality, notice.reference_no, notice.document_no
