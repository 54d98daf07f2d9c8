-- title: 帮扶车间、企业吸纳脱贫人口应享补贴减免未落实
-- code: EMP14
-- clause: 一(七)2
-- basis: 落实帮扶车间、企业吸纳脱贫人口税收减免、一次性吸纳就业补贴
-- team: 就业帮扶专班
-- severity: 中
-- subject: workshops
-- population: select count(*) from workshops w left join organisations o on o.单位编号 = w.单位编号 where w.吸纳脱贫人口人数 > 0 and in_village(o.村代码)
-- may_be_empty: organisations
-- cautions: 吸纳的人没有签合同、没有缴社会保险、不满规定月数，不符合条件的；小规模纳税人本来免税、没有应纳税款的税收减免填“否”；税收减免空白的不查；主体自愿放弃的。当年多少天没有申请、申请多少天没有发放算未落实是本镇约定，不是文件规定。
-- remedy: 上门讲清政策，帮助申请；符合条件的及时审核发放，与税务部门核对减免，登记附件1。
select
  w.单位编号 || '|' || w.年度 as 对象,
  o.村代码,
  coalesce(o.名称, '单位' || w.单位编号) || w.年度 || '年吸纳脱贫人口' || w.吸纳脱贫人口人数 || '人'
    || case
      when w.吸纳补贴发放日期 <= :截止日期 then ''
      when days_between(w.吸纳补贴申请日期, :截止日期) > :吸纳补贴发放天数
        then '，' || w.吸纳补贴申请日期 || '申请一次性吸纳就业补贴，到' || :截止日期 || '已'
          || days_between(w.吸纳补贴申请日期, :截止日期) || '天没有发放'
      when w.吸纳补贴申请日期 is null and days_between(w.年度 || '-01-01', :截止日期) > :吸纳补贴申请天数
        then '，到' || :截止日期 || '没有申请一次性吸纳就业补贴'
      else ''
    end
    || case when w.税收减免 = '否' then '，没有享受税收减免' else '' end as 问题,
  o.名称,
  w.年度,
  w.吸纳脱贫人口人数,
  w.吸纳补贴申请日期,
  w.吸纳补贴发放日期,
  w.税收减免
from workshops w
left join organisations o on o.单位编号 = w.单位编号
where w.吸纳脱贫人口人数 > 0
  and (
    w.税收减免 = '否'
    or (
      (w.吸纳补贴发放日期 is null or w.吸纳补贴发放日期 > :截止日期)
      and (
        days_between(w.吸纳补贴申请日期, :截止日期) > :吸纳补贴发放天数
        or (w.吸纳补贴申请日期 is null and days_between(w.年度 || '-01-01', :截止日期) > :吸纳补贴申请天数)
      )
    )
  )
order by o.村代码, 对象
