-- title: 在保低保对象持有效残疾人证且非特困孤儿，既无生活补贴登记又无发放记录（含家庭成员；边缘家庭按已确认标准）
-- code: WEL01
-- clause: 一(八)
-- basis: 有的重度残疾人享受低保，但没有落实困难残疾人生活补贴
-- team: 农村养老保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from valid_certificates c join residents r on r.身份证号 = c.身份证号 where in_village(r.村代码)
-- may_be_empty: person_events, external_flags
-- cautions: 当月刚申请、正在审核的；按单人施保的低保，家庭其他成员不算低保家庭；领取工伤护理费、特困供养、孤儿基本生活费的不得叠加；在外地领取的；证件状态没有及时更新的。低保边缘家庭是否享受按本镇确认的标准；登记了而一直没有发的，由“资格有效期内连续断发”查。
-- remedy: 核实身份和证件后从申请当月起落实补贴，查明未登记的原因，登记附件1。
with 低保家庭成员 as (
  select
    w.身份证号,
    w.救助类别
  from active_welfare w
  union all
  -- 同一户共同生活的家庭成员
  select
    p.身份证号,
    w.救助类别
  from persons p
  join active_welfare w on w.户编号 = p.户编号
  where coalesce(p.共同生活, '是') = '是'
    and coalesce(p.户籍状态, '在籍') not in ('已迁出', '已注销')
),
低保残疾人 as (
  select
    m.身份证号,
    min(m.救助类别) as 救助类别
  from 低保家庭成员 m
  where m.救助类别 = '低保'
    or (m.救助类别 = '低保边缘' and :生活补贴覆盖低保边缘家庭 = 1)
  group by m.身份证号
)
select
  r.身份证号 as 对象,
  r.村代码,
  coalesce(r.村名, '村名不详') || coalesce(r.姓名, '姓名未填') || '（户编号' || coalesce(r.户编号, '未填') || '，'
    || coalesce(c.残疾类别, '') || coalesce(c.残疾等级, '') || '残疾，持证有效）属于' || m.救助类别
    || '家庭，' || substr(:截止日期, 1, 4) || '年' || substr(:截止日期, 6, 2)
    || '月没有困难残疾人生活补贴的登记，当月和上月也没有发放记录' as 问题,
  r.姓名,
  r.户编号,
  m.救助类别,
  c.残疾人证号,
  c.残疾类别,
  c.残疾等级,
  c.有效期止
from 低保残疾人 m
join residents r on r.身份证号 = m.身份证号
join valid_certificates c on c.身份证号 = r.身份证号
where not exists (
    select 1
    from active_welfare t
    where t.身份证号 = r.身份证号
      and t.救助类别 in ('特困', '孤儿')
  )
  and not exists (
    select 1
    from active_flags f
    where f.身份证号 = r.身份证号
      and f.标识 in ('孤儿', '工伤护理费')
  )
  and not exists (
    select 1
    from benefits_drawn b
    where b.身份证号 = r.身份证号
      and b.项目 = '困难残疾人生活补贴'
  )
order by r.村代码, 对象
