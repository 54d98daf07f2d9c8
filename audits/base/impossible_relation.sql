-- title: 与户主关系和性别、年龄、配偶人数矛盾
-- code: REG06
-- clause: 一(九)
-- basis: 信息登记、数据统计还不够精准
-- team: 驻村帮扶专班
-- severity: 中
-- subject: persons
-- population: select count(*) from residents r where in_village(r.村代码)
-- may_be_empty: person_events
-- cautions: 年龄只比有血缘的父母、子女、祖孙；继子女、养子女与户主相差很少的会误报，最小年龄差是本镇约定；出生日期、性别空白的不查；已迁出、已注销、登记死亡或迁出的不查；户主变更后关系没有跟着改的，补改即可。
-- remedy: 核对户口簿，更正与户主关系、性别或出生日期，登记附件1。
with 关系表(关系, 应为性别, 代数) as (
  values
    ('之子', '男', -1),
    ('之女', '女', -1),
    ('之儿媳', '女', 0),
    ('之女婿', '男', 0),
    ('之孙子', '男', -2),
    ('之孙女', '女', -2),
    ('之外孙子', '男', -2),
    ('之外孙女', '女', -2),
    ('之曾孙子', '男', -3),
    ('之曾孙女', '女', -3),
    ('之父', '男', 1),
    ('之母', '女', 1),
    ('之岳父', '男', 0),
    ('之岳母', '女', 0),
    ('之公公', '男', 0),
    ('之婆婆', '女', 0),
    ('之祖父', '男', 2),
    ('之祖母', '女', 2),
    ('之外祖父', '男', 2),
    ('之外祖母', '女', 2),
    ('之侄儿', '男', 0),
    ('之侄女', '女', 0),
    ('之兄弟媳妇', '女', 0),
    ('之叔伯', '男', 0)
),
在册 as (
  select
    p.身份证号,
    p.户编号,
    p.姓名,
    p.性别,
    p.出生日期,
    p.与户主关系
  from persons p
  left join deaths d on d.身份证号 = p.身份证号
  left join departures o on o.身份证号 = p.身份证号
  where coalesce(p.户籍状态, '在籍') not in ('已迁出', '已注销')
    and d.身份证号 is null
    and o.身份证号 is null
),
矛盾 as (
  select
    r.身份证号,
    r.户编号,
    '性别登记为' || r.性别 || '，与户主关系却是“' || r.与户主关系 || '”' as 说明
  from 在册 r
  join 关系表 k on k.关系 = r.与户主关系
  where r.性别 <> k.应为性别
  union all
  select
    r.身份证号,
    r.户编号,
    '是户主的配偶，两人性别都登记为' || r.性别 as 说明
  from 在册 r
  join 在册 z on z.户编号 = r.户编号
  where r.与户主关系 = '配偶'
    and z.与户主关系 = '户主'
    and r.性别 = z.性别
  union all
  select
    r.身份证号,
    r.户编号,
    '所在户登记了' || cast(c.配偶人数 as text) || '个配偶' as 说明
  from 在册 r
  join (
    select
      s.户编号,
      count(distinct s.身份证号) as 配偶人数
    from 在册 s
    where s.与户主关系 = '配偶'
    group by s.户编号
  ) c on c.户编号 = r.户编号
  where r.与户主关系 = '配偶'
    and c.配偶人数 > 1
  union all
  select
    r.身份证号,
    r.户编号,
    '出生日期' || r.出生日期 || '，户主出生日期' || z.出生日期 || '，与户主关系却是“' || r.与户主关系 || '”' as 说明
  from 在册 r
  join 关系表 k on k.关系 = r.与户主关系
  join 在册 z on z.户编号 = r.户编号
  where z.与户主关系 = '户主'
    and (
      (k.代数 < 0 and age_on(z.出生日期, r.出生日期) < -k.代数 * :亲子最小年龄差)
      or (k.代数 > 0 and age_on(r.出生日期, z.出生日期) < k.代数 * :亲子最小年龄差)
    )
),
合并 as (
  select
    m.身份证号,
    min(m.户编号) as 户编号,
    min(m.说明) as 说明,
    max(m.说明) as 另一说明
  from 矛盾 m
  group by m.身份证号
)
select
  m.身份证号 as 对象,
  h.村代码,
  coalesce(v.村名, '村名不详') || coalesce(p.姓名, '姓名未填') || '（户编号' || m.户编号 || '）' || m.说明
    || case when m.另一说明 <> m.说明 then '；' || m.另一说明 else '' end as 问题,
  p.姓名,
  m.户编号,
  m.说明,
  m.另一说明
from 合并 m
join person_villages p on p.身份证号 = m.身份证号
left join households h on h.户编号 = m.户编号
left join villages v on v.村代码 = h.村代码
order by h.村代码, 对象
