-- title: 岗位虚设或无出勤发钱
-- code: EMP03
-- clause: 一(七)1
-- basis: 杜绝岗位虚设、人岗不适、一人多岗、变相发钱等问题
-- team: 就业帮扶专班
-- severity: 高
-- subject: post_holders
-- population: select count(*) from post_holders h left join person_villages p on p.身份证号 = h.身份证号 where h.上岗日期 <= :截止日期 and in_village(p.村代码)
-- may_be_empty: persons, households
-- cautions: 考勤记了没有录入台账的；工伤、产假按规定照发的；离岗没有登记离岗日期的；请病假当月没有出勤也没有发钱的不算。出勤天数空白的发钱月份按没有出勤看待；多少天没有考勤算岗位虚设是本镇约定，不是文件规定。
-- remedy: 到现场查岗，查考勤原始记录；没有出勤的追回补贴，没有活干的岗位撤销，登记附件1。
with 上岗 as (
  select
    h.岗位编号,
    h.身份证号,
    h.上岗日期,
    min(h.姓名) as 姓名,
    max(h.离岗日期) as 离岗日期
  from post_holders h
  where h.上岗日期 <= :截止日期
  group by h.岗位编号, h.身份证号, h.上岗日期
),
空发 as (
  select
    h.岗位编号,
    h.身份证号,
    h.上岗日期,
    count(*) as 月数,
    min(a.月份) as 首月,
    sum(a.发放金额) as 金额
  from 上岗 h
  join post_attendance a
    on a.岗位编号 = h.岗位编号
    and a.身份证号 = h.身份证号
    and a.月份 >= month_of(h.上岗日期)
    and (h.离岗日期 is null or a.月份 <= month_of(h.离岗日期))
  where a.发放金额 > 0
    and coalesce(a.出勤天数, 0) = 0
    and coalesce(a.发放日期, a.月份 || '-01') <= :截止日期
  group by h.岗位编号, h.身份证号, h.上岗日期
),
末次 as (
  select
    a.岗位编号,
    a.身份证号,
    add_months(max(a.月份), 1) || '-01' as 次日
  from post_attendance a
  where a.出勤天数 > 0
    and a.月份 <= month_of(:截止日期)
  group by a.岗位编号, a.身份证号
),
空岗 as (
  select
    h.岗位编号,
    h.身份证号,
    h.上岗日期,
    case when l.次日 > h.上岗日期 then l.次日 else h.上岗日期 end as 起
  from 上岗 h
  left join 末次 l
    on l.岗位编号 = h.岗位编号
    and l.身份证号 = h.身份证号
  where h.离岗日期 is null
    or h.离岗日期 > :截止日期
)
select
  h.岗位编号 || '|' || h.身份证号 || '|' || h.上岗日期 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(h.姓名, '姓名未填') || '在公益岗位' || h.岗位编号 || '（' || h.上岗日期 || '上岗）'
    || case
      when k.岗位编号 is not null
        then '，有' || k.月数 || '个月（从' || k.首月 || '起）没有出勤，发了' || money(k.金额) || '元'
      else ''
    end
    || case
      when days_between(v.起, :截止日期) > :公益岗考勤间隔天数
        then '，从' || v.起 || '起' || days_between(v.起, :截止日期) || '天没有出勤记录，还在岗'
      else ''
    end as 问题,
  h.姓名,
  p.户编号,
  h.岗位编号,
  h.上岗日期,
  k.月数 as 无出勤发钱月数,
  k.金额 as 无出勤发钱金额,
  v.起 as 无出勤起
from 上岗 h
left join person_villages p on p.身份证号 = h.身份证号
left join 空发 k
  on k.岗位编号 = h.岗位编号
  and k.身份证号 = h.身份证号
  and k.上岗日期 = h.上岗日期
left join 空岗 v
  on v.岗位编号 = h.岗位编号
  and v.身份证号 = h.身份证号
  and v.上岗日期 = h.上岗日期
where k.岗位编号 is not null
  or days_between(v.起, :截止日期) > :公益岗考勤间隔天数
order by p.村代码, 对象
