-- title: 行政村
-- description: 本镇的行政村和统计用区划代码。
-- kind: rows
-- ledger: villages
select 村代码, 村名, 城乡分类
from villages
order by 村代码
