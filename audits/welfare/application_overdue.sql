-- title: 救助申请超期未办结
-- code: WEL06
-- clause: 一(八)1
-- basis: 救助申请动态清零
-- team: 农村养老保障专班
-- severity: 高
-- subject: welfare_applications
-- population: select count(*) from welfare_applications w left join person_villages r on r.身份证号 = w.身份证号 left join household_places p on p.户编号 = coalesce(w.户编号, r.户编号) where in_village(p.村代码)
-- may_be_empty: persons
-- cautions: 办结天数按30个工作日折成日历天数，节假日多的时候会多几天；公示期间有异议重新调查的、家庭经济状况要委托核对的另计；从受理日期起算，受理日期没有填的从申请日期起算；申请人自己撤回的不列。
-- remedy: 查明卡在哪一步，限期办结并告知申请人。
select
  w.申请编号 as 对象,
  p.村代码,
  coalesce(p.称呼, '') || coalesce(w.姓名, '姓名未填') || '的' || coalesce(w.救助类别, '救助') || '申请（' || w.申请编号 || '）'
    || coalesce(w.受理日期 || '受理', w.申请日期 || '申请') || '，到' || :截止日期 || '已'
    || cast(days_between(coalesce(w.受理日期, w.申请日期), :截止日期) as text) || '天，超过' || plain(:救助办结天数) || '天没有办结' as 问题,
  w.姓名,
  w.救助类别,
  w.申请日期,
  w.受理日期,
  w.审核日期,
  w.公示起,
  w.公示止
from welfare_applications w
left join person_villages r on r.身份证号 = w.身份证号
left join household_places p on p.户编号 = coalesce(w.户编号, r.户编号)
where coalesce(w.审批结果, '办理中') = '办理中'
  and (w.办结日期 is null or w.办结日期 > :截止日期)
  and days_between(coalesce(w.受理日期, w.申请日期), :截止日期) > :救助办结天数
order by p.村代码, 对象
