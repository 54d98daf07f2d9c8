-- title: 大额合规自付费用未享受大病保险或医疗救助
-- code: HEA12
-- clause: 一(一)2
-- basis: 及时跟进落实医疗保障政策
-- team: 健康医疗保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from medical_claims m join residents r on r.身份证号 = m.身份证号 where m.就诊类型 in ('住院', '门诊慢特病') and in_village(r.村代码)
-- may_be_empty: person_events, welfare_cases
-- cautions: 只看截止日期所在年度的住院和门诊慢特病；异地就医、手工报销还没有办完的，给一段办理时间，多少天是本镇约定；没有参保的不能享受；合规自付空白的按零看待；当月不在低保、特困、孤儿、事实无人抚养的按一般人员的起付线。
-- remedy: 与医保经办机构核对大病保险和医疗救助结算，漏报的帮助申请补报，纳入因病返贫致贫风险监测，登记附件1。
with 费用 as (
  select
    m.身份证号,
    sum(coalesce(m.合规自付, 0)) as 合规自付,
    sum(coalesce(m.大病保险报销, 0)) as 大病保险报销,
    sum(coalesce(m.医疗救助报销, 0)) as 医疗救助报销,
    max(coalesce(m.结算日期, m.就诊日期)) as 最近结算日期
  from medical_claims m
  where m.就诊类型 in ('住院', '门诊慢特病')
    and year_of(coalesce(m.结算日期, m.就诊日期)) = year_of(:截止日期)
    and coalesce(m.结算日期, m.就诊日期) <= :截止日期
  group by m.身份证号
),
困难 as (
  select distinct w.身份证号
  from active_welfare w
  where w.救助类别 in ('低保', '特困', '孤儿', '事实无人抚养')
),
核对 as (
  select
    f.身份证号,
    f.合规自付,
    f.大病保险报销,
    f.医疗救助报销,
    f.最近结算日期,
    case
      when f.大病保险报销 = 0
        and f.合规自付 + f.医疗救助报销
          > case when k.身份证号 is null then :大病保险起付线 else :大病保险倾斜起付线 end
        then '，超过起付线' || money(case when k.身份证号 is null then :大病保险起付线 else :大病保险倾斜起付线 end) || '元没有大病保险报销'
      else ''
    end || case
      when k.身份证号 is not null and f.医疗救助报销 = 0 and f.合规自付 > :医疗救助提示金额
        then '，是低保、特困等救助对象没有医疗救助'
      else ''
    end as 漏项
  from 费用 f
  left join 困难 k on k.身份证号 = f.身份证号
)
select
  r.身份证号 as 对象,
  r.村代码,
  coalesce(r.村名, '村名不详') || coalesce(r.姓名, '姓名未填') || '（户编号' || r.户编号 || '）' || substr(:截止日期, 1, 4)
    || '年住院和门诊慢特病合规自付' || money(c.合规自付) || '元' || c.漏项 as 问题,
  r.姓名,
  r.户编号,
  c.合规自付,
  c.大病保险报销,
  c.医疗救助报销,
  c.最近结算日期
from 核对 c
join residents r on r.身份证号 = c.身份证号
where c.漏项 <> ''
  and days_between(c.最近结算日期, :截止日期) > :医疗救助办理天数
order by r.村代码, 对象
