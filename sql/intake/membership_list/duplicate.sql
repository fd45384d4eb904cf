-- Lists of recipients: a file is the whole list of its day, so only a line that stands in it twice is a duplicate.
SELECT row_no FROM candidate WHERE place_among_equals > 1
