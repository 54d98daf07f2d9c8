-- title: 贷款用于建房、婚嫁、理财、还债等非生产用途
-- code: IND03
-- clause: 一(四)2
-- basis: 确保脱贫小额信贷真正用于支持脱贫户发展生产和开展经营活动
-- team: 小额信贷专班
-- severity: 高
-- subject: loans
-- population: select count(*) from loan_places p where in_village(p.村代码)
-- cautions: 只看用途一栏的字面；建羊房鸡舍、婚庆婚纱店、货车运输、装修门市、家电维修、家具加工等是生产经营，已按词表排除，词表没有列到的会误报；用途空白或写得笼统（如“生产经营”）的查不出来，要看收款方和实际去向。
-- remedy: 查合同、收款方和实物，核实实际用途；确属违规的由银行提前收回并停止贴息，登记附件1。
with 命中 as (
  select
    l.贷款编号,
    min(w.禁用词) as 禁用词
  from loans l
  join prohibited_loan_uses w on instr(l.用途, w.禁用词) > 0
  where coalesce(l.签订日期, :截止日期) <= :截止日期
    and not exists (
    select 1
    from lawful_loan_uses e
    where e.禁用词 = w.禁用词
      and instr(l.用途, e.例外词) > 0
  )
  group by l.贷款编号
)
select
  l.贷款编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(l.姓名, '姓名未填') || '的小额信贷（贷款编号' || l.贷款编号 || '，'
    || coalesce('金额' || money(l.金额) || '元', '金额未填') || '）用途写的是“' || l.用途
    || '”，含“' || m.禁用词 || '”，不是生产经营用途' as 问题,
  l.姓名,
  l.身份证号,
  l.户编号,
  l.银行,
  l.金额,
  l.余额,
  l.放款日期,
  l.用途,
  m.禁用词,
  l.收款方,
  l.贷款状态
from loans l
join 命中 m on m.贷款编号 = l.贷款编号
join loan_places p on p.贷款编号 = l.贷款编号
order by p.村代码, 对象
