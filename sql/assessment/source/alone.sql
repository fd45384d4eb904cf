-- 配偶者のいない者として（配偶者の合計所得金額を先に求めるため）
SELECT *, FALSE AS spouse_same_livelihood FROM person
