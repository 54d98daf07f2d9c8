-- title: 四项指标有一项不达标且无帮扶措施
-- code: WAT04
-- clause: 一(一)3
-- basis: 常态化开展农村饮水安全动态监测，定期开展专项排查整改，确保风险隐患动态清零
-- team: 饮水安全保障专班
-- severity: 高
-- subject: households
-- population: select count(*) from households h where in_village(h.村代码) and exists (select 1 from household_water k where k.户编号 = h.户编号)
-- cautions: 只看每户最近一次评价；自来水入户的不看取水时间和距离；水量、停水天数等空白的看评价结论；水质看评价结论；措施写在防返贫台账、没有登记在户饮水评价里的会误报；指标采用缺水地区的基本达标值。
-- remedy: 入户核实，落实接入管网、送水、净化消毒等措施，复评达标，登记附件1；有返贫风险的纳入监测。
with 评价 as (
  select
    k.户编号,
    k.日期,
    case
      when k.水量 < :饮水水量 then '水量' || plain(k.水量) || '升、'
      when k.水量评价 = '不达标' then '水量、'
      else ''
    end
      || case when k.水质评价 = '不达标' then '水质、' else '' end
      || case
        when coalesce(k.是否入户, '否') <> '是' and (k.取水时间 > :饮水取水时间 or k.水平距离 > :饮水水平距离 or k.垂直距离 > :饮水垂直距离) then '取水距离或时间、'
        when k.方便程度评价 = '不达标' then '用水方便程度、'
        else ''
      end
      || case
        when k.年停水天数 > :饮水年停水天数 then '年停水' || cast(k.年停水天数 as text) || '天、'
        when k.保证率评价 = '不达标' then '供水保证率、'
        else ''
      end as 不达标项,
    k.供水点编号
  from household_water k
  join latest_water_reviews l
    on l.户编号 = k.户编号
    and l.日期 = k.日期
  where trim(coalesce(k.帮扶措施, '')) = ''
),
不达标 as (
  select
    p.户编号,
    min(p.日期) as 日期,
    min(p.不达标项) as 不达标项,
    min(p.供水点编号) as 供水点编号
  from 评价 p
  where p.不达标项 <> ''
  group by p.户编号
)
select
  n.户编号 as 对象,
  h.村代码,
  coalesce(v.村名, '村名不详') || coalesce(h.户主姓名, '户主未填') || '户（户编号' || n.户编号 || coalesce('，' || h.户类型, '') || '）'
    || n.日期 || '饮水评价' || substr(n.不达标项, 1, length(n.不达标项) - 1) || '不达标，没有登记帮扶措施' as 问题,
  h.户主姓名,
  h.户类型,
  n.日期 as 评价日期,
  n.不达标项,
  n.供水点编号
from 不达标 n
join households h on h.户编号 = n.户编号
left join villages v on v.村代码 = h.村代码
order by h.村代码, 对象
