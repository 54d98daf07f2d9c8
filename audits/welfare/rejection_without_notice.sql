-- title: 不予救助未告知
-- code: WEL07
-- clause: 一(八)1
-- basis: 将符合条件的困难群众及时按规定程序纳入救助范围
-- team: 农村养老保障专班
-- severity: 中
-- subject: welfare_applications
-- population: select count(*) from welfare_applications w left join person_villages r on r.身份证号 = w.身份证号 left join household_places p on p.户编号 = coalesce(w.户编号, r.户编号) where w.审批结果 = '不同意' and in_village(p.村代码)
-- may_be_empty: persons
-- cautions: 文件没有原话说告知，按规定程序不同意的应当书面告知理由；书面送达、邮寄才算书面；多少天内告知是本镇约定；告知了没有登记的会误报；办结日期没有填的不列。
-- remedy: 补发书面告知，说明理由和申诉办法。
select
  w.申请编号 as 对象,
  p.村代码,
  coalesce(p.称呼, '') || coalesce(w.姓名, '姓名未填') || '的' || coalesce(w.救助类别, '救助') || '申请（' || w.申请编号 || '）' || w.办结日期
    || '不同意，' || case
      when w.告知日期 <= :截止日期 then w.告知日期 || coalesce(w.告知方式, '未写方式的') || '告知，不是书面告知'
      else '到' || :截止日期 || '已' || cast(days_between(w.办结日期, :截止日期) as text) || '天没有告知'
    end as 问题,
  w.姓名,
  w.救助类别,
  w.办结日期,
  w.告知日期,
  w.告知方式,
  w.理由
from welfare_applications w
left join person_villages r on r.身份证号 = w.身份证号
left join household_places p on p.户编号 = coalesce(w.户编号, r.户编号)
where w.审批结果 = '不同意'
  and days_between(w.办结日期, :截止日期) > :救助告知天数
  and (
    w.告知日期 is null
    or w.告知日期 > :截止日期
    or coalesce(w.告知方式, '未填') not in ('书面送达', '邮寄')
  )
order by p.村代码, 对象
