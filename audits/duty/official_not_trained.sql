-- title: 干部未培训或五个清测试不合格
-- code: DUT12
-- clause: 一(九)2
-- basis: 帮扶政策、职责任务、帮扶工作、帮扶成效“五个清”要求，开展全员轮训
-- team: 干部培训专班
-- severity: 中
-- subject: officials
-- population: select count(*) from officials o where (o.任职起 is null or o.任职起 <= :截止日期) and (o.任职止 is null or o.任职止 >= :截止日期) and coalesce(o.角色, '村干部') <> '村医' and in_village(o.村代码)
-- may_be_empty: cadre_trainings
-- cautions: 只查截止日期仍在任、不是村医的；看当年的班次，补考过的取最好成绩；合格分数是本镇约定；没有成绩的按不合格看待；刚任职、还没有轮到的会列出；在县里培训没有登记的会误报。
-- remedy: 安排补训补考，登记成绩。
with 成绩 as (
  select
    t.干部编号,
    count(*) as 次数,
    coalesce(max(t.村情户情), 0) as 村情户情,
    coalesce(max(t.帮扶政策), 0) as 帮扶政策,
    coalesce(max(t.职责任务), 0) as 职责任务,
    coalesce(max(t.帮扶工作), 0) as 帮扶工作,
    coalesce(max(t.帮扶成效), 0) as 帮扶成效
  from cadre_trainings t
  where year_of(t.日期) = year_of(:截止日期)
    and t.日期 <= :截止日期
  group by t.干部编号
)
select
  o.干部编号 as 对象,
  o.村代码,
  coalesce(o.所属单位, '单位未填') || coalesce(o.职务, '') || coalesce(o.姓名, '姓名未填') || '（' || o.干部编号 || '）' || case
    when s.次数 is null then substr(:截止日期, 1, 4) || '年到' || :截止日期 || '没有参加培训'
    else substr(:截止日期, 1, 4) || '年“五个清”测试不合格：村情户情' || cast(s.村情户情 as text) || '分，帮扶政策' || cast(s.帮扶政策 as text)
      || '分，职责任务' || cast(s.职责任务 as text) || '分，帮扶工作' || cast(s.帮扶工作 as text) || '分，帮扶成效' || cast(s.帮扶成效 as text)
      || '分，合格' || plain(:五个清合格分数) || '分'
  end as 问题,
  o.姓名,
  o.角色,
  o.职务,
  s.次数
from officials o
left join 成绩 s on s.干部编号 = o.干部编号
where (o.任职起 is null or o.任职起 <= :截止日期)
  and (o.任职止 is null or o.任职止 >= :截止日期)
  and coalesce(o.角色, '村干部') <> '村医'
  and (
    s.次数 is null
    or s.村情户情 < :五个清合格分数
    or s.帮扶政策 < :五个清合格分数
    or s.职责任务 < :五个清合格分数
    or s.帮扶工作 < :五个清合格分数
    or s.帮扶成效 < :五个清合格分数
  )
order by o.村代码, 对象
