-- What each compared item of the new review items' candidates weighs; where a person has kept or forwarded the document, as it was.
SELECT document_no, item.review_version, taxpayer_no, compared_item, agreement, weight_centibits
FROM candidate_weight
JOIN new_review_item AS item USING (document_no)
UNION ALL
SELECT document_no, item.review_version, taxpayer_no, compared_item, agreement, weight_centibits
FROM pinned_review_weight AS before
JOIN new_review_item AS item USING (document_no)
WHERE before.review_version = item.review_version - 1 AND document_no IN (SELECT document_no FROM decision_outcome)
ORDER BY document_no, taxpayer_no, compared_item
