-- title: 贷款金额、期限或年龄超出政策
-- code: IND01
-- clause: 一(四)2
-- basis: 强化贷款贷前审查和贷后管理工作
-- team: 小额信贷专班
-- severity: 中
-- subject: loans
-- population: select count(*) from loan_places p where in_village(p.村代码)
-- cautions: 金额按一户同时在贷的合计；超过5万元但超出部分不贴息的合法，一笔超过5万元、只贴了5万元以内的会误报；还掉一部分本金没有结清的按原金额算；年龄看签订那天，期限从放款算，展期、续贷按各自的合同算；追加贷款的总额和年龄界限各县规定不同，按本镇确认的标准。
-- remedy: 核对合同、借据和贴息凭证；超出部分停止贴息并追回多贴的利息，登记附件1。
with 贷款 as (
  select
    l.贷款编号,
    coalesce(h.户编号, l.身份证号) as 借款户,
    coalesce(l.签订日期, l.放款日期) as 签订日期,
    l.结清日期,
    l.金额,
    coalesce(l.是否贴息, '是') as 是否贴息,
    age_on(h.出生日期, coalesce(l.签订日期, l.放款日期)) as 签订时年龄,
    add_months(coalesce(l.放款日期, l.签订日期), :小额信贷最长月数) as 最迟到期
  from loans l
  join loan_homes h on h.贷款编号 = l.贷款编号
),
接续 as (
  -- 被续贷、展期接过去的，从那天起不再单算
  select
    n.原贷款编号 as 贷款编号,
    min(n.签订日期) as 接续日期
  from loans n
  where n.业务类型 in ('续贷', '展期')
  group by n.原贷款编号
),
在贷 as (
  select
    l.贷款编号,
    count(*) as 笔数,
    sum(o.金额) as 在贷总额,
    sum(case when o.是否贴息 = '是' then o.金额 else 0 end) as 贴息总额
  from 贷款 l
  join 贷款 o
    on o.借款户 = l.借款户
    and o.签订日期 <= l.签订日期
    and (o.结清日期 is null or o.结清日期 > l.签订日期)
  left join 接续 s
    on s.贷款编号 = o.贷款编号
    and s.接续日期 <= l.签订日期
  where s.贷款编号 is null
  group by l.贷款编号
)
select
  l.贷款编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(l.姓名, '姓名未填') || '的小额信贷（贷款编号' || l.贷款编号 || '，'
    || coalesce('金额' || money(l.金额) || '元', '金额未填') || coalesce('，' || l.签订日期 || '签订', '') || '）'
    || case
      when b.是否贴息 = '是' and t.贴息总额 > :小额信贷贴息额上限
        then '连同本户在贷的共' || cast(t.笔数 as text) || '笔，贴息贷款' || money(t.贴息总额) || '元，超过'
          || money(:小额信贷贴息额上限) || '元；'
      else ''
    end
    || case
      when t.在贷总额 > :小额信贷总额上限
        then '本户在贷总额' || money(t.在贷总额) || '元，超过' || money(:小额信贷总额上限) || '元；'
      else ''
    end
    || case
      when l.到期日期 > b.最迟到期
        then '到期日期' || l.到期日期 || '，超过' || plain(:小额信贷最长月数) || '个月；'
      else ''
    end
    || case
      when b.签订时年龄 < :小额信贷最低年龄 or b.签订时年龄 > :小额信贷最高年龄
        then '签订时借款人' || cast(b.签订时年龄 as text) || '周岁，不在' || plain(:小额信贷最低年龄) || '至'
          || plain(:小额信贷最高年龄) || '周岁之间；'
      else ''
    end
    || '超出小额信贷政策' as 问题,
  l.姓名,
  l.身份证号,
  b.借款户,
  l.银行,
  l.金额,
  l.是否贴息,
  t.贴息总额,
  t.在贷总额,
  l.签订日期,
  l.放款日期,
  l.到期日期,
  b.签订时年龄
from loans l
join 贷款 b on b.贷款编号 = l.贷款编号
join loan_places p on p.贷款编号 = l.贷款编号
join 在贷 t on t.贷款编号 = l.贷款编号
where b.签订日期 <= :截止日期
  and (
    (b.是否贴息 = '是' and t.贴息总额 > :小额信贷贴息额上限)
    or t.在贷总额 > :小额信贷总额上限
    or l.到期日期 > b.最迟到期
    or b.签订时年龄 < :小额信贷最低年龄
    or b.签订时年龄 > :小额信贷最高年龄
  )
order by p.村代码, 对象
