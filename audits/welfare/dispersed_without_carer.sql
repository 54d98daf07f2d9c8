-- title: 分散特困人员无照料人
-- code: WEL10
-- clause: 一(八)3
-- basis: 健全分层分类救助体系
-- team: 农村养老保障专班
-- severity: 高
-- subject: welfare_cases
-- population: select count(*) from welfare_cases w left join person_villages r on r.身份证号 = w.身份证号 left join household_places p on p.户编号 = coalesce(w.户编号, r.户编号) left join deaths d on d.身份证号 = w.身份证号 where d.身份证号 is null and w.救助类别 = '特困' and w.供养方式 = '分散供养' and in_village(p.村代码)
-- may_be_empty: persons, person_events
-- cautions: 分散供养的特困人员都应当有照料人，文件没有原话；照料人只写在照料协议里、没有登记的会误报；供养方式没有填的不列；已经终止的、已经死亡的、下月才开始的不列。
-- remedy: 与亲友或村委会签订照料协议，登记照料人；无人照料的动员集中供养。
select
  w.救助编号 || '|' || w.身份证号 || '|' || w.起始月 as 对象,
  p.村代码,
  coalesce(p.称呼, '') || coalesce(w.姓名, '姓名未填') || '从' || w.起始月 || '起是分散供养特困人员，到' || :截止日期 || '没有登记照料人' as 问题,
  w.姓名,
  w.档次,
  w.起始月,
  w.最近复核日期
from welfare_cases w
left join person_villages r on r.身份证号 = w.身份证号
left join household_places p on p.户编号 = coalesce(w.户编号, r.户编号)
left join deaths d on d.身份证号 = w.身份证号
where d.身份证号 is null
  and w.救助类别 = '特困'
  and w.供养方式 = '分散供养'
  and trim(coalesce(w.照料人, '')) = ''
  and w.起始月 <= month_of(:截止日期)
  and (w.终止月 is null or w.终止月 >= month_of(:截止日期))
order by p.村代码, 对象
