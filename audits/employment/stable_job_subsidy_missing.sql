-- title: 稳岗补助应发未发
-- code: EMP09
-- clause: 一(七)2
-- basis: 常态化做好脱贫劳动力外出务工就业一次性交通补贴、稳岗补助发放工作
-- team: 就业帮扶专班
-- severity: 高
-- subject: persons
-- population: select count(*) from stay_due d where in_village(d.村代码)
-- may_be_empty: job_subsidies, person_events
-- cautions: 只查截止日期所在年度，上年的把截止日期改到上年12月31日再查；务工月数各月相加，换过单位、断过几个月的要看本县是不是要求连续；公益岗位、财政供养的；县内务工按本县规定也享受的不在这里查。务工满几个月、多少天内办结是示范设定，以本县文件为准。
-- remedy: 联系本人或家属核实务工情况，符合条件的及时受理、审核、发放，可以由村里代办，登记附件1。
select
  d.身份证号 as 对象,
  d.村代码,
  coalesce(d.村名, '村名不详') || coalesce(d.姓名, '姓名未填') || '到' || :截止日期 || '今年在县外务工' || d.月数 || '个月，' || d.满足月份
    || '已满' || plain(:稳岗补助务工月数) || '个月，没有发放稳岗补助'
    || case
      when d.申请日期 is null then '，也没有申请'
      else '，' || d.申请日期 || '申请' || coalesce('，不予受理的理由是“' || d.不予受理理由 || '”', '')
    end as 问题,
  d.姓名,
  d.户编号,
  d.月数,
  d.满足月份,
  d.申请日期,
  d.不予受理理由
from stay_due d
where d.发放日期 is null
order by d.村代码, 对象
