-- title: 疑似失学辍学未按期劝返或劝返台账未销号
-- code: EDU02
-- clause: 一(一)1
-- basis: 规范劝返工作台账
-- team: 控辍保学专班
-- severity: 高
-- subject: persons
-- population: select count(*) from (select s.身份证号 from students s join school_term t on t.学期 = s.学期 union select d.身份证号 from dropout_cases d) r left join person_villages p on p.身份证号 = r.身份证号 where in_village(p.村代码)
-- may_be_empty: person_events, dropout_cases, persons, households
-- cautions: 多少天内劝返、销号是本镇约定，文件没有写；本学期登记为疑似辍学的从学期第一天起算，学期中间才发现的会早报；已经复学但没有补登销号日期的；长期失联、正在劝返的也列出，由专班督办；登记死亡的不查。
-- remedy: 查清去向，落实劝返责任人，复学、安置或核实不属实后及时销号，登记附件1。
with 疑点 as (
  select
    s.身份证号,
    min(s.姓名) as 姓名,
    min(t.学期起) as 起算日期,
    '登记为疑似辍学，本学期劝返台账里没有登记' as 情形
  from students s
  join school_term t on t.学期 = s.学期
  where s.就读方式 = '疑似辍学'
    and days_between(t.学期起, :截止日期) > :控辍劝返天数
    and not exists (
      select 1
      from dropout_cases d
      where d.身份证号 = s.身份证号
        and (d.销号日期 is null or d.销号日期 >= t.学期起)
    )
  group by s.身份证号
  union all
  select
    d.身份证号,
    min(d.姓名) as 姓名,
    min(d.发现日期) as 起算日期,
    case
      when max(d.劝返日期) is null then '发现疑似辍学后没有劝返，也没有销号'
      else '发现疑似辍学并劝返，最近一次劝返在' || max(d.劝返日期) || '，没有销号'
    end as 情形
  from dropout_cases d
  where (d.销号日期 is null or d.销号日期 > :截止日期)
    and (
      days_between(d.发现日期, :截止日期) > :控辍销号天数
      or (
        d.劝返日期 is null
        and days_between(d.发现日期, :截止日期) > :控辍劝返天数
      )
    )
  group by d.身份证号
)
select
  y.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册学生') || coalesce(y.姓名, '姓名未填') || y.起算日期 || y.情形 || '，到' || :截止日期 || '已'
    || cast(days_between(y.起算日期, :截止日期) as text) || '天' as 问题,
  y.姓名,
  p.户编号,
  y.起算日期,
  days_between(y.起算日期, :截止日期) as 天数
from 疑点 y
left join person_villages p on p.身份证号 = y.身份证号
left join deaths x on x.身份证号 = y.身份证号
where x.身份证号 is null
order by p.村代码, 对象
