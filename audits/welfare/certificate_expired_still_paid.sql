-- title: 残疾人证过期注销仍发放
-- code: WEL04
-- clause: 一(八)
-- team: 农村养老保障专班
-- severity: 高
-- subject: persons
-- population: select count(*) from (select distinct b.身份证号 from payments b where b.项目 in ('困难残疾人生活补贴', '重度残疾人护理补贴')) r left join person_villages p on p.身份证号 = r.身份证号 where in_village(p.村代码)
-- cautions: 规则是本项目定的，文件没有原话。有效期止空白不是过期；过期当月发放的合法，次月起应停发；已经换了新证的不列；注销、冻结没有登记日期，只查截止日期当月的发放，当月才注销的会误报；已经全部追回的、没有到账的不算；台账里没有证件的人不查。
-- remedy: 通知换证或重新评定；确实失效的停发并追回多领部分，登记附件1。
with 失效 as (
  -- 几张证都失效的，取最晚的月份；不知道哪天失效的按上月看待
  select
    d.身份证号,
    max(d.残疾人证号) as 残疾人证号,
    max(d.证件状态) as 证件状态,
    max(d.有效期止) as 有效期止,
    max(
      case
        when d.有效期止 < :截止日期 then month_of(d.有效期止)
        else add_months(month_of(:截止日期), -1)
      end
    ) as 失效月
  from disability_certificates d
  where (d.发证日期 is null or d.发证日期 <= :截止日期)
    and not exists (
      select 1
      from valid_certificates c
      where c.身份证号 = d.身份证号
    )
  group by d.身份证号
),
多发 as (
  select
    b.身份证号,
    min(b.姓名) as 姓名,
    min(b.项目) as 项目,
    count(distinct b.项目) as 项目数,
    count(*) as 笔数,
    min(coalesce(b.所属期起, b.所属期止, month_of(b.发放日期))) as 首月,
    max(coalesce(b.所属期止, b.所属期起, month_of(b.发放日期))) as 末月,
    sum(coalesce(b.金额, 0) - coalesce(b.追回金额, 0)) as 未追回
  from payments b
  join 失效 x on x.身份证号 = b.身份证号
  where b.项目 in ('困难残疾人生活补贴', '重度残疾人护理补贴')
    and coalesce(b.发放状态, '已发放') = '已发放'
    and (b.发放日期 is null or b.发放日期 <= :截止日期)
    and (b.金额 is null or coalesce(b.追回金额, 0) < b.金额)
    and coalesce(b.所属期起, b.所属期止, month_of(b.发放日期)) > x.失效月
  group by b.身份证号
)
select
  t.身份证号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(t.姓名, '姓名未填') || coalesce('（户编号' || p.户编号 || '）', '') || '的残疾人证'
    || case when x.有效期止 < :截止日期 then x.有效期止 || '到期' else '状态是' || x.证件状态 end || '，' || t.首月
    || case when t.末月 > t.首月 then '至' || t.末月 else '' end || '仍发放' || t.项目
    || case when t.项目数 > 1 then '等' || cast(t.项目数 as text) || '项' else '' end || cast(t.笔数 as text)
    || '笔，没有追回的共' || money(t.未追回) || '元' as 问题,
  t.姓名,
  p.户编号,
  x.残疾人证号,
  x.证件状态,
  x.有效期止,
  t.项目,
  t.首月,
  t.末月,
  t.笔数,
  t.未追回
from 多发 t
join 失效 x on x.身份证号 = t.身份证号
left join person_villages p on p.身份证号 = t.身份证号
order by p.村代码, 对象
