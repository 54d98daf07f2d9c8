-- title: 家庭医生签而不约（随访次数不足）
-- code: HEA06
-- clause: 一(一)2
-- basis: 家庭医生签约服务不到位
-- team: 健康医疗保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from doctor_contracts d join chronic_managed c on c.身份证号 = d.身份证号 join residents r on r.身份证号 = d.身份证号 where d.年度 = year_of(:截止日期) and in_village(r.村代码)
-- may_be_empty: person_events, doctor_services
-- standards: 慢病随访次数
-- cautions: 只看本年度签约的四类慢病在管患者；按已满的季度折算，从签约、纳入管理和年初里最晚的一天算起；高血压、糖尿病只数面访，严重精神障碍、肺结核的电话随访也算；住院、外出期间没有随访的要看记录；协议期超过一年、本年度没有登记一行的不查。
-- remedy: 由卫生院督促签约医生补做随访，真实登记，与签约经费挂钩，登记附件1。
with 季度(月数) as (
  values
    (3),
    (6),
    (9),
    (12)
),
签约 as (
  -- 一人一年登记了几行的，从早的一行算
  select
    d.身份证号,
    min(d.医生) as 医生,
    min(
      case
        when d.签约日期 > cast(d.年度 as text) || '-01-01' then d.签约日期
        else cast(d.年度 as text) || '-01-01'
      end
    ) as 签约起算
  from doctor_contracts d
  where d.年度 = year_of(:截止日期)
  group by d.身份证号
),
起算 as (
  select
    s.身份证号,
    c.病种,
    s.医生,
    case when c.管理起 > s.签约起算 then c.管理起 else s.签约起算 end as 起算日期
  from 签约 s
  join chronic_managed c on c.身份证号 = s.身份证号
),
应访 as (
  select
    b.身份证号,
    b.病种,
    b.医生,
    b.起算日期,
    count(q.月数) as 已满季度
  from 起算 b
  join 季度 q on add_months(b.起算日期, q.月数) <= :截止日期
  group by b.身份证号, b.病种, b.医生, b.起算日期
),
实访 as (
  select
    a.身份证号,
    a.病种,
    a.医生,
    a.起算日期,
    a.已满季度,
    count(s.日期) as 随访次数
  from 应访 a
  left join doctor_services s
    on s.身份证号 = a.身份证号
    and s.日期 >= a.起算日期
    and s.日期 <= :截止日期
    and (
      s.服务方式 = '面访'
      or (s.服务方式 = '电话随访' and a.病种 in ('严重精神障碍', '肺结核'))
    )
  group by a.身份证号, a.病种, a.医生, a.起算日期, a.已满季度
)
select
  r.身份证号 as 对象,
  r.村代码,
  coalesce(r.村名, '村名不详') || coalesce(r.姓名, '姓名未填') || '（户编号' || r.户编号 || '）签约的' || min(x.病种)
    || case when count(*) > 1 then '等' || cast(count(*) as text) || '种慢病' else '' end || '患者，从' || min(x.起算日期)
    || '到' || :截止日期 || '按季应随访至少' || plain(max(t.数值 * x.已满季度 / 4.0)) || '次，登记了'
    || cast(min(x.随访次数) as text) || '次' || coalesce('，签约医生' || min(x.医生), '') as 问题,
  r.姓名,
  r.户编号,
  min(x.病种) as 病种,
  min(x.医生) as 医生,
  min(x.起算日期) as 起算日期,
  max(t.数值 * x.已满季度 / 4.0) as 应随访次数,
  min(x.随访次数) as 登记随访次数
from 实访 x
join residents r on r.身份证号 = x.身份证号
join confirmed_standards t
  on t.项目 = '慢病随访次数'
  and t.档次 = x.病种
  and t.生效日期 <= :截止日期
  and (t.失效日期 is null or t.失效日期 >= :截止日期)
where 4 * x.随访次数 < t.数值 * x.已满季度
group by r.身份证号, r.村代码, r.村名, r.姓名, r.户编号
order by r.村代码, 对象
