-- title: 两项补贴未按月按时发放
-- code: WEL05
-- clause: 一(八)
-- basis: 残疾人补贴发放不及时
-- team: 农村养老保障专班
-- severity: 高
-- subject: payments
-- population: select count(*) from payments b left join person_villages p on p.身份证号 = b.身份证号 where b.项目 in ('困难残疾人生活补贴', '重度残疾人护理补贴') and b.原发放编号 is null and coalesce(b.发放状态, '已发放') in ('已发放', '待发放') and in_village(p.村代码)
-- may_be_empty: disability_subsidies
-- cautions: 每月几日前发放按已确认的标准，当日到账不算迟；几个月并作一次发的，按第一个月算；刚批准的人补发前几个月不算，几个月以内是本镇约定；写了原发放编号、批次写明补发的不算；发放失败、退回的另有审计；已发放没有填发放日期的不查。
-- remedy: 查明迟发原因，待发放的立即发放，以后按月按时社会化发放，登记附件1。
with 应发 as (
  select
    b.发放编号,
    b.身份证号,
    b.姓名,
    b.项目,
    coalesce(b.所属期起, b.所属期止) as 首月,
    b.所属期止 as 末月,
    add_days(coalesce(b.所属期起, b.所属期止) || '-01', :两项补贴发放日 - 1) as 应发日期,
    b.发放日期,
    case when b.发放状态 = '待发放' then :截止日期 else b.发放日期 end as 实际日期,
    b.发放状态,
    b.金额
  from payments b
  where b.项目 in ('困难残疾人生活补贴', '重度残疾人护理补贴')
    and b.原发放编号 is null
    and instr(coalesce(b.批次, ''), '补') = 0
    and coalesce(b.发放状态, '已发放') in ('已发放', '待发放')
)
select
  y.发放编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(y.姓名, '姓名未填') || coalesce('（户编号' || p.户编号 || '）', '') || y.首月
    || case when y.末月 > y.首月 then '至' || y.末月 else '' end || '的' || y.项目 || '（发放编号' || y.发放编号 || '）应在'
    || y.应发日期 || '前发放，'
    || case when y.发放状态 = '待发放' then '到' || :截止日期 || '还没有发' else y.发放日期 || '才发' end || '，迟了'
    || cast(days_between(y.应发日期, y.实际日期) as text) || '天' as 问题,
  y.身份证号,
  y.姓名,
  y.项目,
  y.首月,
  y.末月,
  y.金额,
  y.应发日期,
  y.发放日期,
  y.发放状态
from 应发 y
left join person_villages p on p.身份证号 = y.身份证号
where y.实际日期 > y.应发日期
  and y.实际日期 <= :截止日期
  -- 刚批准的人，前几个月的是补发
  and not exists (
    select 1
    from disability_subsidies s
    where s.身份证号 = y.身份证号
      and s.补贴种类 = y.项目
      and y.首月 >= s.起始月
      and y.首月 < add_months(s.起始月, :两项补贴审核月数)
  )
order by p.村代码, 对象
