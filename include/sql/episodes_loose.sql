SELECT * EXCLUDE (folding) FROM episodes WHERE folding = 'loose'
