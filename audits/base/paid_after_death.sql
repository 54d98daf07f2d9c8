-- title: 死亡后仍在领取补贴（多领月数与金额）
-- code: REG09
-- clause: 一(八)
-- team: 农村养老保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from (select distinct b.身份证号 from payments b) r left join person_villages p on p.身份证号 = r.身份证号 where in_village(p.村代码)
-- cautions: 规则是本项目定的，文件没有原话。死亡当月发放、死亡前就开始的跨月发放、丧葬补助金和抚恤金都合法；按户发放的（耕地地力、种粮、退耕还林、公益林、资产分红）是户主没有变更，不在这里查；死亡日期几个部门不一致的按最晚的算；补发死亡前月份的不算；所属期空白的不查；所属期止写得比所属期起还早的按一个月算，校验时会提醒；追回了没有登记追回金额的会误报。
-- remedy: 与公安、卫健、民政核对死亡日期，停发并追回，登记追回金额和附件1。
with 死后发放 as (
  select
    d.身份证号,
    d.死亡日期,
    b.项目,
    b.姓名,
    b.所属期起,
    -- 所属期止空白，或者写得比所属期起还早，按一个月算
    case when b.所属期止 > b.所属期起 then b.所属期止 else b.所属期起 end as 所属期止,
    b.金额,
    coalesce(b.追回金额, 0) as 追回金额
  from deaths d
  join payments b on b.身份证号 = d.身份证号
  where b.所属期起 > month_of(d.死亡日期)
    and b.项目 not in ('丧葬补助金', '抚恤金', '耕地地力保护补贴', '种粮补贴', '退耕还林补助', '公益林补偿', '资产收益分红')
    and coalesce(b.发放状态, '已发放') = '已发放'
    and (b.发放日期 is null or b.发放日期 <= :截止日期)
),
分项 as (
  select
    s.身份证号,
    s.死亡日期,
    s.项目,
    min(s.姓名) as 姓名,
    min(s.所属期起) as 首月,
    max(s.所属期止) as 末月,
    count(*) as 笔数,
    sum(months_between(s.所属期起, s.所属期止) + 1) as 月数,
    sum(coalesce(s.金额, 0)) as 多领金额,
    sum(s.追回金额) as 追回金额,
    sum(case when s.金额 is null then 1 else 0 end) as 金额未填笔数
  from 死后发放 s
  group by s.身份证号, s.死亡日期, s.项目
),
合计 as (
  select
    f.身份证号,
    f.死亡日期,
    min(f.姓名) as 姓名,
    min(f.首月) as 首月,
    max(f.末月) as 末月,
    min(f.项目) as 项目,
    count(*) as 项目数,
    sum(f.笔数) as 笔数,
    max(f.月数) as 多领月数,
    sum(f.多领金额) as 多领金额,
    sum(f.追回金额) as 追回金额,
    sum(f.金额未填笔数) as 金额未填笔数
  from 分项 f
  group by f.身份证号, f.死亡日期
)
select
  t.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(t.姓名, '姓名未填') || coalesce('（户编号' || p.户编号 || '）', '')
    || t.死亡日期 || '死亡，' || t.首月 || case when t.末月 > t.首月 then '至' || t.末月 else '' end || '仍发放' || t.项目
    || case when t.项目数 > 1 then '等' || cast(t.项目数 as text) || '项' else '' end
    || cast(t.笔数 as text) || '笔，' || coalesce('多领' || cast(t.多领月数 as text) || '个月', '所属期写得不对，算不出月数') || '，共' || money(t.多领金额)
    || '元，已追回' || money(t.追回金额) || '元，还有' || money(t.多领金额 - t.追回金额) || '元没有追回'
    || case when t.金额未填笔数 > 0 then '，另有' || cast(t.金额未填笔数 as text) || '笔没有填金额' else '' end
    as 问题,
  t.姓名,
  p.户编号,
  t.死亡日期,
  t.项目数,
  t.首月,
  t.末月,
  t.笔数,
  t.多领月数,
  t.多领金额,
  t.追回金额,
  t.多领金额 - t.追回金额 as 未追回金额
from 合计 t
left join person_villages p on p.身份证号 = t.身份证号
where t.多领金额 - t.追回金额 > 0
  or t.金额未填笔数 > 0
order by p.村代码, 对象
