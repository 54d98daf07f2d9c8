-- title: 救助对象超期未复核
-- code: WEL09
-- clause: 一(八)3
-- basis: 加强低收入人口动态监测，做好分层分类社会救助工作
-- team: 农村养老保障专班
-- severity: 中
-- subject: welfare_cases
-- population: select count(*) from welfare_cases w left join person_villages r on r.身份证号 = w.身份证号 left join household_places p on p.户编号 = coalesce(w.户编号, r.户编号) left join deaths d on d.身份证号 = w.身份证号 where d.身份证号 is null and (w.终止月 is null or w.终止月 >= month_of(:截止日期)) and in_village(p.村代码)
-- may_be_empty: persons, person_events
-- cautions: 多少个月复核一次按本镇确认的标准，家庭情况长期不变的地方规定可以更长；从最近复核日期起算，没有复核过的从起始月起算；满间隔月数的当天不算超期；已经终止的、已经死亡的不列；复核了没有登记的会误报。
-- remedy: 入户复核，登记日期；不再符合的按程序停发。
select
  w.救助编号 || '|' || w.身份证号 || '|' || w.起始月 as 对象,
  p.村代码,
  coalesce(p.称呼, '') || coalesce(w.姓名, '姓名未填') || '从' || w.起始月 || '起享受' || coalesce(w.救助类别, '救助') || '，' || coalesce(
    '最近一次复核是' || w.最近复核日期,
    '没有复核记录'
  ) || '，到' || :截止日期 || '已超过' || plain(:救助复核间隔月数) || '个月没有复核' as 问题,
  w.姓名,
  w.救助类别,
  w.起始月,
  w.最近复核日期
from welfare_cases w
left join person_villages r on r.身份证号 = w.身份证号
left join household_places p on p.户编号 = coalesce(w.户编号, r.户编号)
left join deaths d on d.身份证号 = w.身份证号
where d.身份证号 is null
  and (w.终止月 is null or w.终止月 >= month_of(:截止日期))
  and (
    add_months(w.最近复核日期, :救助复核间隔月数) < :截止日期
    or (
      w.最近复核日期 is null
      and add_months(w.起始月, :救助复核间隔月数) < month_of(:截止日期)
    )
  )
order by p.村代码, 对象
