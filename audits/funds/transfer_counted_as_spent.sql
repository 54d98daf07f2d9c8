-- title: 以拨代支
-- code: FUN08
-- clause: 一(六)
-- basis: 以拨代支
-- team: 资金项目专班
-- severity: 高
-- subject: project_payments
-- population: select count(*) from project_payments y join projects j on j.项目编号 = y.项目编号 where y.收款方类型 in ('乡镇', '行业部门') and in_village(j.村代码)
-- cautions: 转付没有填上级支付编号的；已经退回的；报账制下乡镇先垫付、后拨回的；拨给村委会、村集体经济组织的不查，要看有没有付给施工方和农户。拨出多少天内应当转付是本镇约定，不是文件规定。
-- remedy: 查乡镇、部门账户余额和转付凭证，督促付给施工方或农户，没有转付的不得列为支出，登记附件1。
with 转付 as (
  select
    s.上级支付编号 as 支付编号,
    sum(s.金额) as 已转付
  from project_payments s
  where s.实付日期 <= :截止日期
  group by s.上级支付编号
)
select
  y.支付编号 as 对象,
  j.村代码,
  coalesce(v.村名, '') || coalesce(j.项目名称, '名称未填') || '的资金' || money(y.金额) || '元（支付编号' || y.支付编号
    || '）' || y.实付日期 || '拨给' || coalesce(y.收款方, y.收款方类型) || '，到' || :截止日期 || '已'
    || days_between(y.实付日期, :截止日期) || '天，'
    || coalesce('只转付了' || money(t.已转付) || '元', '没有转付记录') || '，还有'
    || money(y.金额 - coalesce(t.已转付, 0)) || '元没有付给最终收款人' as 问题,
  y.收款方,
  y.收款方类型,
  y.实付日期,
  y.金额,
  t.已转付,
  y.合同编号,
  y.项目编号
from project_payments y
join projects j on j.项目编号 = y.项目编号
left join 转付 t on t.支付编号 = y.支付编号
left join villages v on v.村代码 = j.村代码
where y.收款方类型 in ('乡镇', '行业部门')
  and days_between(y.实付日期, :截止日期) > :资金转付天数
  and round(y.金额 - coalesce(t.已转付, 0), 2) > 0
order by j.村代码, 对象
