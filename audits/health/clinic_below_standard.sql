-- title: 村卫生室面积、药品、设备或合格村医不达标
-- code: HEA11
-- clause: 一(一)2
-- basis: 配备合格村医并保持稳定
-- team: 健康医疗保障专班
-- severity: 高
-- subject: villages
-- population: select count(*) from clinics c where c.卫生室名称 is not null and coalesce(c.卫生室状态, '正常') = '正常' and in_village(c.村代码)
-- may_be_empty: clinic_doctors
-- cautions: 停业、未建、联合到邻村的由“行政村无卫生室且未联合设置”查；面积、四室、药品种数空白的查不出来，先补填；设备检查日期空白的按没有检查看待；药品种数和设备检查间隔是本镇约定；村医刚离岗、正在派驻的要问清楚。
-- remedy: 卫生院配齐药品、检查设备、派驻合格村医，面积和四室不达标的列入改造，登记附件1。
with 卫生室 as (
  select
    c.村代码,
    c.卫生室名称,
    c.面积,
    c.药品种数,
    c.设备检查日期,
    case when c.面积 < :村卫生室面积 then '；面积' || plain(c.面积) || '平方米，不到' || plain(:村卫生室面积) || '平方米' else '' end
      || case
        when c.诊断室 = '否' or c.治疗室 = '否' or c.公卫室 = '否' or c.药房 = '否'
          then '；诊断室、治疗室、公卫室、药房没有分设'
        else ''
      end
      || case
        when c.药品种数 < :村卫生室药品种数
          then '；药品' || cast(c.药品种数 as text) || '种，不到' || plain(:村卫生室药品种数) || '种'
        else ''
      end
      || case
        when c.设备检查日期 is null then '；没有设备检查记录'
        when days_between(c.设备检查日期, :截止日期) > :卫生室设备检查间隔天数
          then '；设备上次检查是' || c.设备检查日期
        else ''
      end
      || case
        when not exists (
          select 1
          from clinic_doctors d
          where d.村代码 = c.村代码
            and d.资格类型 in ('乡村医生', '执业助理医师', '执业医师', '乡村全科助理医师')
            and (d.起始日期 is null or d.起始日期 <= :截止日期)
            and (d.终止日期 is null or d.终止日期 >= :截止日期)
        )
          then '；没有在岗的合格村医'
        else ''
      end as 不达标
  from clinics c
  where c.卫生室名称 is not null
    and coalesce(c.卫生室状态, '正常') = '正常'
)
select
  k.村代码 as 对象,
  k.村代码,
  case when instr(min(k.卫生室名称), v.村名) = 1 then '' else coalesce(v.村名, '村名不详') end || min(k.卫生室名称) || '不达标：'
    || substr(max(k.不达标), 2) as 问题,
  min(k.面积) as 面积,
  min(k.药品种数) as 药品种数,
  min(k.设备检查日期) as 设备检查日期
from 卫生室 k
left join villages v on v.村代码 = k.村代码
where k.不达标 <> ''
group by k.村代码, v.村名
order by k.村代码, 对象
