-- title: 贷款付给企业或多户贷款归集一处（户贷企用）
-- code: IND04
-- clause: 一(四)2
-- basis: 严格监控贷款使用用途
-- team: 小额信贷专班
-- severity: 高
-- subject: loans
-- population: select count(*) from loan_places p where in_village(p.村代码)
-- cautions: 收款方是借款人本人，或名称里含借款人姓名（自己办的家庭农场、门市）的不算；受托支付给卖饲料、农机的公司是合法的，要看购货合同和实物；几户向同一个人买牲畜的也会归集到一处；几户才算归集是本镇约定。
-- remedy: 调取银行流水和购销合同，核实贷款实际由谁使用；户贷企用的由银行限期收回并停止贴息，登记附件1。
with 付给别人 as (
  select
    l.贷款编号,
    l.收款方,
    coalesce(h.户编号, l.身份证号) as 借款户
  from loans l
  join loan_homes h on h.贷款编号 = l.贷款编号
  where instr(l.收款方, l.姓名) = 0
    and coalesce(l.签订日期, :截止日期) <= :截止日期
),
归集 as (
  select
    f.收款方,
    count(distinct f.借款户) as 户数
  from 付给别人 f
  group by f.收款方
  having count(distinct f.借款户) >= :贷款归集户数
),
单位 as (
  select
    f.贷款编号,
    min(w.用语) as 用语
  from 付给别人 f
  join company_words w on instr(f.收款方, w.用语) > 0
  group by f.贷款编号
)
select
  l.贷款编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || l.姓名 || '的小额信贷（贷款编号' || l.贷款编号 || '，'
    || coalesce('金额' || money(l.金额) || '元', '金额未填') || '）付给了“' || l.收款方 || '”'
    || case
      when g.户数 is not null then '，同一收款方共收到' || cast(g.户数 as text) || '户的贷款'
      else ''
    end
    || '，收款方不是借款人本人' || case when e.贷款编号 is null then '' else '，是单位' end as 问题,
  l.姓名,
  l.身份证号,
  l.户编号,
  l.银行,
  l.金额,
  l.放款日期,
  l.用途,
  l.收款方,
  g.户数
from loans l
join 付给别人 f on f.贷款编号 = l.贷款编号
join loan_places p on p.贷款编号 = l.贷款编号
left join 归集 g on g.收款方 = f.收款方
left join 单位 e on e.贷款编号 = l.贷款编号
where e.贷款编号 is not null
  or g.收款方 is not null
order by p.村代码, 对象
