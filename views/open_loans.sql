-- title: 到截止日期没有还清的贷款（已核销、已风险补偿、已续贷展期的不算）
select l.贷款编号
from loans l
where (l.结清日期 is null or l.结清日期 > :截止日期)
  and (l.余额 is null or l.余额 > 0)
  and coalesce(l.贷款状态, '未填') not in ('已结清', '已核销', '已风险补偿')
  and not exists (
    select 1
    from loans n
    where n.原贷款编号 = l.贷款编号
      and n.业务类型 in ('续贷', '展期')
      and (n.签订日期 is null or n.签订日期 <= :截止日期)
  )
