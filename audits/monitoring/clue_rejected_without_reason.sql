-- title: 线索不予纳入而无理由
-- code: MON15
-- clause: 一(三)
-- basis: 排查识别不到位，程序不规范、排查不彻底、应纳未纳
-- team: 防返贫监测专班
-- severity: 中
-- subject: clues
-- population: select count(*) from clues s left join household_places p on p.户编号 = s.户编号 where s.处理结果 = '不纳入' and in_village(p.村代码)
-- cautions: 理由写在入户核查表里、台账没有填的会误报；理由写得笼统的查不出来。
-- remedy: 复核这一户的收入、支出和三保障，写明不纳入的理由；符合条件的按程序纳入，登记附件1。
select
  s.线索编号 as 对象,
  p.村代码,
  coalesce(p.称呼, '户台账里没有的户' || s.户编号) || '的风险线索' || s.线索编号 || '（' || s.线索来源 || coalesce('，' || s.风险情形, '') || '）'
    || coalesce('在' || s.核实日期 || '核实后', '') || '不予纳入，没有写理由' as 问题,
  s.户编号,
  s.线索来源,
  s.推送部门,
  s.发现日期,
  s.核实日期,
  s.处理结果
from clues s
left join household_places p on p.户编号 = s.户编号
where s.处理结果 = '不纳入'
  and coalesce(s.核实日期, :截止日期) <= :截止日期
  and trim(coalesce(s.理由, '')) = ''
order by p.村代码, 对象
