-- title: 贴息未同步或金额不符
-- code: IND06
-- clause: 一(四)2
-- basis: 进一步优化完善贴息补偿流程，确保贴息扣划同步实施
-- team: 小额信贷专班
-- severity: 中
-- subject: loans
-- population: select count(*) from loan_places p where in_village(p.村代码)
-- may_be_empty: loan_events
-- cautions: 先付后贴、按年贴息的地方间隔会更长；按余额计息、中途还过本金的不比金额；一年按360天算，容差由本镇约定；应贴到到期、结清或截止日期为止，逾期以后的利息不贴；贴息没有登记贷后台账的会误报。
-- remedy: 与银行、财政核对贴息清单，少贴的补足，多贴的追回，登记贷后台账和附件1。
with 应贴 as (
  select
    l.贷款编号,
    l.放款日期,
    l.到期日期,
    l.利率,
    case when l.金额 > :小额信贷贴息额上限 then :小额信贷贴息额上限 else l.金额 end as 贴息本金,
    case
      when l.结清日期 < coalesce(l.到期日期, :截止日期) and l.结清日期 < :截止日期 then l.结清日期
      when l.到期日期 < :截止日期 then l.到期日期
      else :截止日期
    end as 贴息截止
  from loans l
  where coalesce(l.是否贴息, '是') = '是'
),
已贴 as (
  select
    e.贷款编号,
    max(e.日期) as 末次贴息,
    count(*) as 笔数,
    sum(e.金额) as 已贴金额
  from loan_events e
  where e.类型 = '贴息'
    and e.日期 <= :截止日期
  group by e.贷款编号
),
中途还款 as (
  select
    e.贷款编号,
    min(e.日期) as 首次还款
  from loan_events e
  where e.类型 = '还款'
  group by e.贷款编号
),
比较 as (
  select
    d.贷款编号,
    d.贴息截止,
    y.末次贴息,
    y.笔数,
    coalesce(y.已贴金额, 0) as 已贴金额,
    days_between(coalesce(y.末次贴息, d.放款日期), d.贴息截止) as 未贴天数,
    case
      when coalesce(h.首次还款, y.末次贴息) >= y.末次贴息 then d.贴息本金 * d.利率 / 100.0 * :小额信贷贴息比例 / 100.0
        * days_between(
          d.放款日期,
          case when y.末次贴息 < d.贴息截止 then y.末次贴息 else d.贴息截止 end
        ) / 360.0
    end as 应贴金额
  from 应贴 d
  left join 已贴 y on y.贷款编号 = d.贷款编号
  left join 中途还款 h on h.贷款编号 = d.贷款编号
)
select
  l.贷款编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(l.姓名, '姓名未填') || '的小额信贷（贷款编号' || l.贷款编号 || '，'
    || coalesce('金额' || money(l.金额) || '元', '金额未填') || '）'
    || case
      when c.未贴天数 > :贴息间隔天数
        then coalesce('最近一次贴息是' || c.末次贴息, '放款以后没有贴息') || '，到' || c.贴息截止 || '已'
          || cast(c.未贴天数 as text) || '天没有贴息；'
      else ''
    end
    || case
      when abs(c.已贴金额 - c.应贴金额) > c.应贴金额 * :贴息金额容差 / 100.0
        then '到' || c.末次贴息 || '已贴' || cast(c.笔数 as text) || '笔共' || money(c.已贴金额) || '元，按本金、利率和天数应贴'
          || money(c.应贴金额) || '元；'
      else ''
    end
    || '贴息' || case when c.未贴天数 > :贴息间隔天数 then '没有同步' else '金额不符' end as 问题,
  l.姓名,
  l.身份证号,
  l.户编号,
  l.银行,
  l.金额,
  l.利率,
  l.放款日期,
  l.到期日期,
  l.结清日期,
  c.末次贴息,
  c.未贴天数,
  c.已贴金额,
  c.应贴金额
from loans l
join 比较 c on c.贷款编号 = l.贷款编号
join loan_places p on p.贷款编号 = l.贷款编号
where c.未贴天数 > :贴息间隔天数
  or abs(c.已贴金额 - c.应贴金额) > c.应贴金额 * :贴息金额容差 / 100.0
order by p.村代码, 对象
