-- title: 截止日期所在年度应当领到一次性交通补贴的人（满足务工月数又过了办理期限），注明申请和发放日期，没有的空白
select
  w.身份证号,
  w.姓名,
  w.户编号,
  w.村代码,
  w.村名,
  w.月份 as 满足月份,
  w.月数,
  f.申请日期,
  f.不予受理理由,
  f.发放日期
from away_workers w
left join job_subsidy_progress f on f.身份证号 = w.身份证号 and f.奖补种类 = '一次性交通补贴'
where w.第几个月 = :交通补贴务工月数
  and days_between(add_months(w.月份, 1) || '-01', :截止日期) >= :就业补贴办理天数
