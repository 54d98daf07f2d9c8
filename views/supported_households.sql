-- title: 脱贫户和没有消除风险的监测户
select
  h.户编号,
  case when h.户类型 = '脱贫户' then '脱贫户' else h.监测对象类别 end as 类别
from households h
where h.户类型 = '脱贫户'
  or (
    h.监测对象类别 is not null
    and coalesce(h.风险是否已消除, '否') <> '是'
  )
