-- title: 应享受参保资助而未资助或自缴金额不符
-- code: HEA03
-- clause: 一(一)2
-- basis: 落实医保参保资助政策不到位
-- team: 健康医疗保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from insurance i cross join insurance_year k join residents r on r.身份证号 = i.身份证号 where i.年度 = k.参保年度 and i.险种 = '城乡居民医保' and i.个人缴费 is not null and in_village(r.村代码)
-- may_be_empty: person_events, welfare_cases
-- standards: 医保个人缴费
-- cautions: 身份看参保年度1月仍在享受、上一年已经认定的低保、特困、孤儿、事实无人抚养儿童；年内新认定的不算；监测对象和脱贫人口的资助各年不同，只核对已经登记资助类别的金额；参保当年没有缴费标准的查不出来；个人缴费空白的（异地、高校参保）不算，在外地按当地标准缴费又填了金额的会误报。
-- remedy: 与医保、民政核对身份和缴费，应资助的补办退费，金额不符的更正，登记附件1。
with 应资助 as (
  select distinct
    w.身份证号,
    w.救助类别
  from welfare_cases w
  cross join insurance_year k
  where w.救助类别 in ('低保', '特困', '孤儿', '事实无人抚养')
    and w.起始月 < cast(k.参保年度 as text) || '-01'
    and (w.终止月 is null or w.终止月 >= cast(k.参保年度 as text) || '-01')
),
核对 as (
  select
    i.身份证号,
    k.参保年度,
    i.资助类别,
    i.资助金额,
    i.个人缴费,
    t.数值 as 缴费标准,
    case
      when coalesce(i.资助金额, 0) = 0 and y.身份证号 is not null then '是' || y.救助类别 || '对象，没有资助'
      when coalesce(i.资助金额, 0) + i.个人缴费 <> t.数值 then '资助和个人缴费合计不等于缴费标准'
      when i.个人缴费 > 0 and y.救助类别 in ('特困', '孤儿', '事实无人抚养') then '是' || y.救助类别 || '对象，应当全额资助'
    end as 不符
  from insurance i
  cross join insurance_year k
  left join 应资助 y on y.身份证号 = i.身份证号
  join confirmed_standards t
    on t.项目 = '医保个人缴费'
    and t.生效日期 <= cast(k.参保年度 as text) || '-12-31'
    and (t.失效日期 is null or t.失效日期 >= cast(k.参保年度 as text) || '-12-31')
  where i.年度 = k.参保年度
    and i.险种 = '城乡居民医保'
    and i.个人缴费 is not null
    and coalesce(i.参保状态, '正常参保') = '正常参保'
)
select
  r.身份证号 as 对象,
  r.村代码,
  coalesce(r.村名, '村名不详') || coalesce(r.姓名, '姓名未填') || '（户编号' || r.户编号 || '）'
    || cast(c.参保年度 as text) || '年度居民医保个人缴费' || money(min(c.个人缴费)) || '元，资助'
    || coalesce(money(max(c.资助金额)), '0.00') || '元，缴费标准' || money(max(c.缴费标准)) || '元，' || min(c.不符) as 问题,
  r.姓名,
  r.户编号,
  c.参保年度,
  max(c.资助类别) as 资助类别,
  max(c.资助金额) as 资助金额,
  min(c.个人缴费) as 个人缴费,
  max(c.缴费标准) as 缴费标准
from 核对 c
join residents r on r.身份证号 = c.身份证号
where c.不符 is not null
group by r.身份证号, r.村代码, r.村名, r.姓名, r.户编号, c.参保年度
order by r.村代码, 对象
