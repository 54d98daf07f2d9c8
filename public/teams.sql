-- title: 工作专班
-- description: 各工作专班负责的领域和牵头单位；没有命名的专班不列。
-- kind: rows
-- ledger: teams
select 专班, 领域, 牵头单位
from teams
where 专班 is not null
order by 专班
