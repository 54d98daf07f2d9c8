-- title: 以集中办理、过期不候为由不予受理就业补贴
-- code: EMP15
-- clause: 一(七)2
-- basis: 不得设立集中时段办理、过期不候等条件
-- team: 就业帮扶专班
-- severity: 高
-- subject: job_subsidies
-- population: select count(*) from job_subsidies b left join person_villages p on p.身份证号 = b.身份证号 left join organisations o on o.单位编号 = b.单位编号 where in_village(coalesce(p.村代码, o.村代码))
-- may_be_empty: persons, households, organisations
-- cautions: 只看不予受理理由的字面；“务工合同已过期”“证件过期”是材料问题，不是办理时段，已经排除；当年补贴第二年才申请、政策确已停止的要看文件；已经补发的不列。
-- remedy: 撤销不予受理决定，符合条件的及时受理、审核、发放，取消集中时段办理的规定，登记附件1。
select
  b.申请编号 as 对象,
  coalesce(p.村代码, o.村代码) as 村代码,
  coalesce(p.村名, '') || coalesce(b.姓名, o.名称, '申请人未填') || '申请' || b.年度 || '年' || b.奖补种类 || '（申请编号'
    || b.申请编号 || coalesce('，' || b.申请日期 || '申请', '') || '），不予受理的理由是“' || b.不予受理理由 || '”' as 问题,
  b.奖补种类,
  b.年度,
  b.姓名,
  b.身份证号,
  b.单位编号,
  b.申请日期,
  b.不予受理理由
from job_subsidies b
left join person_villages p on p.身份证号 = b.身份证号
left join organisations o on o.单位编号 = b.单位编号
where exists (select 1 from lateness_phrases w where instr(b.不予受理理由, w.用语) > 0)
  and instr(b.不予受理理由, '合同') = 0
  and instr(b.不予受理理由, '证件') = 0
  and coalesce(b.申请日期, :截止日期) <= :截止日期
  and (b.发放日期 is null or b.发放日期 > :截止日期)
order by 村代码, 对象
