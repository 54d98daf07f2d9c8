-- title: 无实际职责或人人同额（变相发钱）
-- code: EMP16
-- clause: 一(七)1
-- basis: 杜绝岗位虚设、人岗不适、一人多岗、变相发钱等问题
-- team: 就业帮扶专班
-- severity: 高
-- subject: posts
-- population: select count(*) from posts g where in_village(g.村代码)
-- may_be_empty: post_attendance
-- cautions: 职责写在协议里、台账没有抄的；没有人在岗的不查职责；人人满勤、发放金额一样是正常的，只列同一岗位同一月出勤悬殊还发一样多的；月内新上岗、按月计发的；当月一天也没有出勤的由“岗位虚设或无出勤发钱”列出。出勤悬殊的比例是本镇约定，不是文件规定。
-- remedy: 明确岗位职责、工作量和考核办法，按出勤和考核发放，没有实际工作的岗位撤销，登记附件1。
with 每月 as (
  select
    a.岗位编号,
    a.月份,
    min(a.出勤天数) as 最少,
    max(a.出勤天数) as 最多,
    min(a.发放金额) as 最低,
    max(a.发放金额) as 最高
  from post_attendance a
  where a.出勤天数 > 0
    and a.发放金额 > 0
    and a.月份 <= month_of(:截止日期)
  group by a.岗位编号, a.月份
),
同额 as (
  select
    m.岗位编号,
    count(*) as 月数,
    min(m.月份) as 首月,
    max(m.最高) as 金额,
    min(m.最少) as 最少,
    max(m.最多) as 最多
  from 每月 m
  where m.最低 = m.最高
    and 100.0 * m.最少 < m.最多 * :公益岗出勤悬殊比例
  group by m.岗位编号
),
在岗 as (
  select
    o.岗位编号,
    count(*) as 人数
  from on_post o
  group by o.岗位编号
)
select
  g.岗位编号 as 对象,
  g.村代码,
  coalesce(v.村名, '村名不详') || coalesce(g.岗位类型, '') || '公益岗位' || g.岗位编号
    || case
      when n.人数 is not null and g.岗位职责 is null then '没有写岗位职责，有' || n.人数 || '人在岗'
      when n.人数 is not null and d.用语 is not null then '岗位职责只写“' || g.岗位职责 || '”，有' || n.人数 || '人在岗'
      else ''
    end
    || case
      when s.岗位编号 is not null
        then '，有' || s.月数 || '个月（从' || s.首月 || '起）出勤最少' || plain(s.最少) || '天、最多' || plain(s.最多)
          || '天，都发' || money(s.金额) || '元'
      else ''
    end as 问题,
  g.岗位类型,
  g.岗位职责,
  g.月补贴,
  n.人数,
  s.月数,
  s.首月
from posts g
left join villages v on v.村代码 = g.村代码
left join 在岗 n on n.岗位编号 = g.岗位编号
left join empty_duties d on d.用语 = g.岗位职责
left join 同额 s on s.岗位编号 = g.岗位编号
where s.岗位编号 is not null
  or (n.人数 is not null and (g.岗位职责 is null or d.用语 is not null))
order by g.村代码, 对象
