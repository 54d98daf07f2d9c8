-- title: 改造前鉴定非C、D级且非无房户，或对象不符
-- code: HOU06
-- clause: 一(一)4
-- basis: “危房改造”排查不彻底、政策落实不到位
-- team: 住房安全保障专班
-- severity: 高
-- subject: renovations
-- population: select count(*) from renovations r left join households h on h.户编号 = r.户编号 where r.补助金额 > 0 and in_village(h.村代码)
-- may_be_empty: welfare_cases, persons
-- cautions: 改造前等级空白的看旧房的等级，都没有的查不出来；对象身份看审批当月的救助台账，只查约定年份以后审批的，更早的救助台账可能不全；因病因灾因意外的户没有台账可以比对，要看认定材料；分户以前按原户审批的要看户口。
-- remedy: 调取鉴定报告和对象认定材料核实，不符合的停止拨付、追回补助，按程序处理，登记附件1。
with 救助 as (
  select
    coalesce(w.户编号, p.户编号) as 户编号,
    w.救助类别,
    w.起始月,
    w.终止月
  from welfare_cases w
  left join person_villages p on p.身份证号 = w.身份证号
  where coalesce(w.供养方式, '分散供养') = '分散供养'
),
核对 as (
  select
    r.改造编号,
    r.户编号,
    h.村代码,
    v.村名,
    h.户主姓名,
    r.对象类别,
    r.审批日期,
    r.补助金额,
    coalesce(r.改造前等级, f.房屋等级) as 改造前等级,
    case
      when r.对象类别 is null then '没有填六类重点对象类别'
      when year_of(r.审批日期) < :危改对象核对起始年 then null
      when r.对象类别 = '其他脱贫户' and h.户类型 = '一般农户' then '按其他脱贫户审批，户台账里是一般农户'
      when r.对象类别 = '农村易返贫致贫户' and h.监测对象类别 is null then '按农村易返贫致贫户审批，户台账里不是监测对象'
      when r.对象类别 in ('农村低保户', '农村分散供养特困人员', '农村低保边缘家庭')
        and not exists (
          select 1
          from 救助 w
          where w.户编号 = r.户编号
            and w.救助类别 = case r.对象类别
              when '农村低保户' then '低保'
              when '农村低保边缘家庭' then '低保边缘'
              else '特困'
            end
            and w.起始月 <= month_of(r.审批日期)
            and (w.终止月 is null or w.终止月 >= month_of(r.审批日期))
        )
        then '按' || r.对象类别 || '审批，审批当月的救助台账里没有'
    end as 对象不符
  from renovations r
  left join households h on h.户编号 = r.户编号
  left join villages v on v.村代码 = h.村代码
  left join houses f on f.住房编号 = r.旧房住房编号
  where r.补助金额 > 0
)
select
  k.改造编号 as 对象,
  k.村代码,
  coalesce(k.村名, '村名不详') || coalesce(k.户主姓名, '户主未填') || '户（户编号' || k.户编号 || '）危房改造（改造编号'
    || k.改造编号 || '）补助' || money(k.补助金额) || '元，'
    || case when k.改造前等级 in ('A级', 'B级') then '改造前鉴定为' || k.改造前等级 || '，不是危房' else '' end
    || case when k.改造前等级 in ('A级', 'B级') and k.对象不符 is not null then '；' else '' end
    || coalesce(k.对象不符, '') as 问题,
  k.户编号,
  k.对象类别,
  k.改造前等级,
  k.审批日期,
  k.补助金额
from 核对 k
where k.改造前等级 in ('A级', 'B级')
  or k.对象不符 is not null
order by k.村代码, 对象
