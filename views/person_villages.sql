-- title: 每个身份证号在哪一户、哪一村（一个身份证号一行，优先取在册的登记，没有身份证号的不算）
with 登记 as (
  select
    p.身份证号,
    p.姓名,
    p.出生日期,
    p.户编号,
    h.村代码,
    v.村名,
    case when p.户籍状态 in ('已迁出', '已注销') then 0 else 1 end as 在册
  from persons p
  left join households h on h.户编号 = p.户编号
  -- 村名在这里就接上：放到最后，SQLite 会低估行数，用到本视图的审计就逐行扫描它
  left join villages v on v.村代码 = h.村代码
  where p.身份证号 is not null
),
排序 as (
  select
    r.身份证号,
    r.姓名,
    r.出生日期,
    r.户编号,
    r.村代码,
    r.村名,
    r.在册,
    row_number() over (
      partition by r.身份证号
      order by r.在册 desc, coalesce(r.村代码, '无'), r.户编号, r.姓名
    ) as 次序
  from 登记 r
)
select
  s.身份证号,
  s.姓名,
  s.出生日期,
  s.户编号,
  s.村代码,
  s.村名,
  s.在册
from 排序 s
where s.次序 = 1
