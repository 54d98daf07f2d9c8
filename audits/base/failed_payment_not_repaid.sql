-- title: 发放失败超过30天未补发
-- code: REG17
-- clause: 一(八)
-- team: 农村养老保障专班
-- severity: 高
-- subject: payments
-- population: select count(*) from payments b left join person_villages p on p.身份证号 = b.身份证号 where b.发放状态 in ('发放失败', '已退回') and in_village(p.村代码)
-- may_be_empty: person_events
-- cautions: 天数是本镇约定，文件没有原话。银行退票按已退回登记的也查；受益人在所属期以前已经死亡的不用补发；所属期以后补发写了原发放编号、或同一人同一项目同一所属期另有到账的，算已补发；不符合条件主动退回的会误报；没有填发放日期的从所属期的下一个月1日算起。
-- remedy: 查明失败原因，更正账户后补发，填写原发放编号，登记附件1。
with 失败 as (
  select
    b.发放编号,
    b.身份证号,
    b.姓名,
    b.项目,
    b.所属期起,
    b.金额,
    b.账号,
    b.发放状态,
    b.失败原因,
    coalesce(b.发放日期, add_months(coalesce(b.所属期止, b.所属期起), 1) || '-01') as 失败日期
  from payments b
  where b.发放状态 in ('发放失败', '已退回')
)
select
  f.发放编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(f.姓名, '姓名未填') || coalesce(f.所属期起 || '的', '') || f.项目
    || '（发放编号' || f.发放编号 || coalesce('，' || money(f.金额) || '元', '，金额未填') || '）' || f.失败日期 || f.发放状态
    || coalesce('，原因是' || f.失败原因, '，没有写原因') || '，已' || cast(days_between(f.失败日期, :截止日期) as text)
    || '天没有补发' as 问题,
  f.身份证号,
  f.姓名,
  f.项目,
  f.所属期起,
  f.金额,
  f.账号,
  f.失败日期,
  f.失败原因
from 失败 f
left join person_villages p on p.身份证号 = f.身份证号
left join deaths d on d.身份证号 = f.身份证号
where days_between(f.失败日期, :截止日期) > :发放失败补发天数
  and (d.死亡日期 is null or f.所属期起 is null or f.所属期起 <= month_of(d.死亡日期))
  and not exists (
    select 1
    from payments r
    where r.原发放编号 = f.发放编号
      and coalesce(r.发放状态, '已发放') = '已发放'
      and (r.发放日期 is null or r.发放日期 <= :截止日期)
  )
  and not exists (
    select 1
    from payments r
    where r.身份证号 = f.身份证号
      and r.项目 = f.项目
      and r.所属期起 = f.所属期起
      and coalesce(r.发放状态, '已发放') = '已发放'
      and (r.发放日期 is null or r.发放日期 <= :截止日期)
  )
order by p.村代码, 对象
