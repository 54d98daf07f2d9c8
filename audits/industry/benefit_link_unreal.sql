-- title: 带动户不是脱贫户监测户或承诺分红未兑现
-- code: IND14
-- clause: 一(四)1
-- basis: 带动脱贫人口增收效果不明显
-- team: 产业发展专班
-- severity: 中
-- subject: benefit_links
-- population: select count(*) from benefit_links b join households h on h.户编号 = b.户编号 where in_village(h.村代码)
-- cautions: 主体也可以带动一般农户，但不能算作带动脱贫户；已经分户、户编号没有更新的；没有填承诺金额或应付日期的不查兑现；分次兑现只登记了一次的会误报；到期后多少天算没有兑现是本镇约定。
-- remedy: 逐户核实带动情况；没有兑现的限期兑现，虚报带动的更正台账并核减补助，登记附件1。
select
  b.记录编号 as 对象,
  h.村代码,
  coalesce(v.村名, '村名不详') || coalesce(h.户主姓名, '户主未填') || '户（户编号' || b.户编号 || '）由'
    || coalesce(b.经营主体, '没有填名称的主体') || '以' || coalesce(b.联结方式, '没有填的方式') || '带动（记录编号'
    || b.记录编号 || '），'
    || case
      when coalesce(h.户类型, '未填') <> '脱贫户' and h.监测对象类别 is null then '这户不是脱贫户或监测户；'
      else ''
    end
    || case
      when b.承诺金额 > coalesce(b.金额, 0) and days_between(b.应付日期, :截止日期) > :联农分红兑现天数
        then '承诺' || money(b.承诺金额) || '元应在' || b.应付日期 || '前兑现，到' || :截止日期 || '只兑现了'
          || money(coalesce(b.金额, 0)) || '元；'
      else ''
    end || '带动不实' as 问题,
  b.经营主体,
  b.项目编号,
  b.联结方式,
  b.户编号,
  h.户主姓名,
  h.户类型,
  h.监测对象类别,
  b.承诺金额,
  b.应付日期,
  b.金额,
  b.日期
from benefit_links b
join households h on h.户编号 = b.户编号
left join villages v on v.村代码 = h.村代码
where (coalesce(h.户类型, '未填') <> '脱贫户' and h.监测对象类别 is null)
  or (
    b.承诺金额 > coalesce(b.金额, 0)
    and days_between(b.应付日期, :截止日期) > :联农分红兑现天数
  )
order by h.村代码, 对象
