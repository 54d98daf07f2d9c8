-- title: 重度残疾人未领护理补贴
-- code: WEL02
-- clause: 一(八)
-- basis: 对困难群体全面起底排查救助政策落实情况，确保应发尽发
-- team: 农村养老保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from valid_certificates c join residents r on r.身份证号 = c.身份证号 where in_village(r.村代码)
-- may_be_empty: person_events, external_flags
-- cautions: 经评估不需要长期照护的、领取工伤护理费的、特困供养人员不享受；孤儿可以享受；没有评估过的按需要照护看待；当月刚申请、正在审核的；三级四级智力、精神残疾人是否享受按本镇确认的标准；登记了而一直没有发的，由“资格有效期内连续断发”查。
-- remedy: 核实残疾等级和照护需要后从申请当月起落实补贴，登记附件1。
select
  r.身份证号 as 对象,
  r.村代码,
  coalesce(r.村名, '村名不详') || coalesce(r.姓名, '姓名未填') || '（户编号' || coalesce(r.户编号, '未填') || '）持有效残疾人证，'
    || coalesce(c.残疾类别, '') || c.残疾等级 || '残疾，'
    || substr(:截止日期, 1, 4) || '年' || substr(:截止日期, 6, 2)
    || '月没有重度残疾人护理补贴的登记，当月和上月也没有发放记录' as 问题,
  r.姓名,
  r.户编号,
  r.出生日期,
  c.残疾人证号,
  c.残疾类别,
  c.残疾等级,
  c.需长期照护,
  c.有效期止
from valid_certificates c
join residents r on r.身份证号 = c.身份证号
where (
    c.残疾等级 in ('一级', '二级')
    or (
      c.残疾等级 in ('三级', '四级')
      and c.残疾类别 in ('智力', '精神')
      and :护理补贴覆盖三四级智力精神 = 1
    )
  )
  and coalesce(c.需长期照护, '是') <> '否'
  and not exists (
    select 1
    from active_welfare t
    where t.身份证号 = r.身份证号
      and t.救助类别 = '特困'
  )
  and not exists (
    select 1
    from active_flags f
    where f.身份证号 = r.身份证号
      and f.标识 = '工伤护理费'
  )
  and not exists (
    select 1
    from benefits_drawn b
    where b.身份证号 = r.身份证号
      and b.项目 = '重度残疾人护理补贴'
  )
order by r.村代码, 对象
