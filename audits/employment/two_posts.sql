-- title: 一人多岗
-- code: EMP01
-- clause: 一(七)1
-- basis: 杜绝岗位虚设、人岗不适、一人多岗、变相发钱等问题
-- team: 就业帮扶专班
-- severity: 高
-- subject: persons
-- population: select count(*) from (select distinct h.身份证号 from post_holders h) o left join person_villages p on p.身份证号 = o.身份证号 where in_village(p.村代码)
-- may_be_empty: persons, households
-- cautions: 换岗当天一离一上的不算；离岗没有登记离岗日期的；同一岗位分段登记的不算两岗；同名不同人、身份证号录错的。以前的重叠也列出来，要追回多领的补贴。
-- remedy: 查协议、考勤和发放，保留一个岗位，追回重复发放的补贴，登记附件1。
with 上岗 as (
  select
    h.身份证号,
    h.姓名,
    h.岗位编号,
    h.上岗日期,
    coalesce(h.离岗日期, add_days(:截止日期, 1)) as 离岗日期
  from post_holders h
  where h.上岗日期 <= :截止日期
),
重叠 as (
  select
    a.身份证号,
    min(a.姓名) as 姓名,
    count(*) as 对数,
    min(
      a.岗位编号 || '（' || a.上岗日期 || '上岗）和' || b.岗位编号 || '（' || b.上岗日期 || '上岗）'
    ) as 例子
  from 上岗 a
  join 上岗 b
    on b.身份证号 = a.身份证号
    and b.岗位编号 > a.岗位编号
    and a.上岗日期 < b.离岗日期
    and b.上岗日期 < a.离岗日期
  group by a.身份证号
)
select
  r.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(r.姓名, '姓名未填') || '同时在两个公益岗位：' || r.例子
    || case when r.对数 > 1 then '，共' || r.对数 || '处重叠' else '' end as 问题,
  r.姓名,
  p.户编号,
  r.对数
from 重叠 r
left join person_villages p on p.身份证号 = r.身份证号
order by p.村代码, 对象
