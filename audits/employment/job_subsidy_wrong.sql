-- title: 无务工记录、重复或档次不符发放补贴
-- code: EMP07
-- clause: 一(七)2
-- basis: 常态化做好脱贫劳动力外出务工就业一次性交通补贴、稳岗补助发放工作
-- team: 就业帮扶专班
-- severity: 高
-- subject: job_subsidies
-- population: select count(*) from job_subsidies b left join person_villages p on p.身份证号 = b.身份证号 where b.奖补种类 = '一次性交通补贴' and b.发放日期 <= :截止日期 and in_village(p.村代码)
-- may_be_empty: persons, households
-- standards: 一次性交通补贴
-- cautions: 只查一次性交通补贴；外出务工没有录入务工台账的；一年里换过务工地区的，只要有一个月在补贴的地区就不算不符；务工地区没有填的只查有没有县外务工；没有确认标准的地区不比金额；退回重发、没有登记退回的会误报为重复。
-- remedy: 核实务工证明和发放，无务工的、重复的、多发的追回，少发的补发，登记附件1。
with 发放 as (
  select
    b.申请编号,
    b.年度,
    b.身份证号,
    b.姓名,
    b.务工地区,
    b.发放日期,
    b.金额
  from job_subsidies b
  where b.奖补种类 = '一次性交通补贴'
    and b.发放日期 <= :截止日期
),
务工 as (
  select distinct
    m.身份证号,
    year_of(m.月份) as 年度,
    m.务工地区
  from employment_months m
  where m.是否务工 = '是'
    and m.务工地区 in ('省外', '省内市外', '市内县外')
),
记录 as (
  select
    b.申请编号,
    max(case when w.务工地区 = coalesce(b.务工地区, w.务工地区) then 1 else 0 end) as 地区相符
  from 发放 b
  join 务工 w
    on w.身份证号 = b.身份证号
    and w.年度 = b.年度
  group by b.申请编号
),
重复 as (
  select
    b.申请编号,
    min(e.申请编号) as 前一笔
  from 发放 b
  join 发放 e
    on e.身份证号 = b.身份证号
    and e.年度 = b.年度
    and e.申请编号 < b.申请编号
  group by b.申请编号
),
标准 as (
  select
    b.申请编号,
    min(s.数值) as 低,
    max(s.数值) as 高
  from 发放 b
  join confirmed_standards s
    on s.项目 = '一次性交通补贴'
    and s.档次 = b.务工地区
    and s.生效日期 <= b.发放日期
    and (s.失效日期 is null or s.失效日期 >= b.发放日期)
  group by b.申请编号
)
select
  b.申请编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(b.姓名, '姓名未填') || b.年度 || '年一次性交通补贴' || coalesce(money(b.金额) || '元', '')
    || '（申请编号' || b.申请编号 || '，' || b.发放日期 || '发放）'
    || case when r.申请编号 is null then '，务工台账里当年没有县外务工记录' else '' end
    || case when r.地区相符 = 0 then '，按' || b.务工地区 || '发放，务工台账里没有在' || b.务工地区 || '务工' else '' end
    || case when d.申请编号 is not null then '，当年已经发过（申请编号' || d.前一笔 || '）' else '' end
    || case when b.金额 < s.低 or b.金额 > s.高 then '，' || b.务工地区 || '标准是' || money(s.高) || '元' else '' end as 问题,
  b.姓名,
  b.身份证号,
  b.年度,
  b.务工地区,
  b.发放日期,
  b.金额,
  d.前一笔
from 发放 b
left join person_villages p on p.身份证号 = b.身份证号
left join 记录 r on r.申请编号 = b.申请编号
left join 重复 d on d.申请编号 = b.申请编号
left join 标准 s on s.申请编号 = b.申请编号
where r.申请编号 is null
  or r.地区相符 = 0
  or d.申请编号 is not null
  or b.金额 < s.低
  or b.金额 > s.高
order by p.村代码, 对象
