-- title: 线上系统与线下台账不一致
-- code: REG19
-- clause: 一(三)5
-- basis: 确保线上线下数据账账相符、账实相符
-- team: 防返贫监测专班
-- severity: 中
-- subject: system_records
-- population: select count(*) from system_comparison c where in_village(c.村代码)
-- cautions: 只比两边都有的字段（户类型、脱贫年度、监测对象类别、风险是否已消除、家庭人口数、户主姓名、联系电话、姓名、性别、出生日期、与户主关系、文化程度、在校生状况、健康状况、劳动技能），别的字段不比；两边都空白算一致，日期里的连字符、全角逗号不算不同；同一字段导出过几次的取最近一次；导出以后线下又变更的会误报；一个人在册几处登记的，有一处相同就算一致；只要导出过户的信息，就查线下填了系统户编号、系统里没有的户；系统里没有的家庭成员不逐人查，从家庭人口数看出来。
-- remedy: 入户核实，线上线下哪一边错改哪一边，登记附件1。
select
  c.对象 || '|' || c.字段 as 对象,
  c.村代码,
  case c.情况
    when '只在线上' then '系统里有' || c.对象类型 || '（' || c.对象 || '）的信息，线下台账里没有'
    when '只在线下' then coalesce(c.村名, '村名不详') || coalesce(c.名称, '户主姓名未填') || '户（系统户编号' || c.对象
      || '）在线下台账里，系统导出里没有'
    else coalesce(c.村名, '村名不详') || coalesce(c.名称, '姓名未填') || case c.对象类型 when '户' then '户（系统户编号' else '（身份证号' end
      || c.对象 || '）的' || c.字段 || '，系统是“' || coalesce(c.系统值, '空白') || '”，线下台账是“' || coalesce(c.线下值, '空白') || '”'
  end as 问题,
  c.情况,
  c.对象类型,
  c.字段,
  c.系统值,
  c.线下值
from system_comparison c
where c.情况 <> '一致'
order by c.村代码, 对象
