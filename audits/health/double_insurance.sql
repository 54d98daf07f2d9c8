-- title: 同一月份居民医保与职工医保待遇重叠（年中转保不算）
-- code: HEA02
-- clause: 一(一)2
-- basis: 落实医保参保资助政策不到位
-- team: 健康医疗保障专班
-- severity: 中
-- subject: persons
-- population: select count(*) from insurance i left join person_villages p on p.身份证号 = i.身份证号 where i.险种 = '职工医保' and coalesce(i.参保状态, '正常参保') = '正常参保' and in_village(p.村代码)
-- cautions: 年中转保、前一险种止月就是后一险种起月的不算；参保起止空白的按全年看待；居民医保已经暂停、没有改状态的要先核实；只有缴费没有享受待遇的要看结算。
-- remedy: 与医保经办机构核实，退出一个险种，多享受的财政资助按规定退回，登记附件1。
with 待遇 as (
  select
    i.身份证号,
    i.姓名,
    i.险种,
    i.参保地,
    i.资助金额,
    coalesce(i.参保起, cast(i.年度 as text) || '-01-01') as 起,
    coalesce(i.参保止, cast(i.年度 as text) || '-12-31') as 止
  from insurance i
  where coalesce(i.参保状态, '正常参保') = '正常参保'
)
select
  a.身份证号 as 对象,
  p.村代码,
  case when p.身份证号 is null then '不在册的' else coalesce(p.村名, '村名不详') end || coalesce(min(a.姓名), '姓名未填')
    || '的城乡居民医保（' || max(a.起) || '至' || max(a.止) || '）和职工医保（' || coalesce(max(b.参保地) || '，', '')
    || max(b.起) || '至' || max(b.止) || '）待遇重叠' as 问题,
  max(a.起) as 居民医保起,
  max(a.止) as 居民医保止,
  max(b.起) as 职工医保起,
  max(b.止) as 职工医保止,
  max(b.参保地) as 职工参保地,
  max(a.资助金额) as 居民医保资助金额
from 待遇 a
join 待遇 b on b.身份证号 = a.身份证号
left join person_villages p on p.身份证号 = a.身份证号
where a.险种 = '城乡居民医保'
  and b.险种 = '职工医保'
  and month_of(a.起) < month_of(b.止)
  and month_of(b.起) < month_of(a.止)
  and a.起 <= :截止日期
  and b.起 <= :截止日期
group by a.身份证号, p.身份证号, p.村代码, p.村名
order by p.村代码, 对象
