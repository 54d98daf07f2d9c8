-- title: 监测对象类别与户类型、风险类型与成员情况矛盾
-- code: MON13
-- clause: 一(三)
-- basis: 对上级反馈的问题数据进行实地核实核准，确保线上线下数据账账相符、账实相符
-- team: 防返贫监测专班
-- severity: 中
-- subject: monitoring_cases
-- population: select count(*) from open_monitoring_cases c join monitoring_places p on p.监测编号 = c.监测编号 where in_village(p.村代码)
-- may_be_empty: person_events, disability_certificates
-- cautions: 只查没有消除风险的；成员情况按人员台账和残疾人证台账现在的登记，识别以后死亡、康复的会误报；因病的家里没有登记大病、慢病而健康状况没有及时更新的；户里一个在册的人也没有的不比成员。
-- remedy: 入户核实，更正类别、风险类型或人员情况，线上线下改成一致，登记附件1。
with 成员 as (
  select
    p.户编号,
    sum(case when instr(p.健康状况, '残疾') > 0 or v.身份证号 is not null then 1 else 0 end) as 残疾人数,
    sum(case when instr(p.健康状况, '患有大病') > 0 or instr(p.健康状况, '长期慢性病') > 0 then 1 else 0 end) as 患病人数,
    sum(case when p.劳动技能 in ('普通劳动力', '技能劳动力', '弱劳动力或半劳动力') then 1 else 0 end) as 劳动力人数
  from persons p
  join residents r on r.身份证号 = p.身份证号 and r.户编号 = p.户编号
  left join valid_certificates v on v.身份证号 = p.身份证号
  group by p.户编号
),
风险 as (
  select
    k.监测编号,
    sum(case when k.风险类型 = '因残' then 1 else 0 end) as 因残,
    sum(case when k.风险类型 = '因病' then 1 else 0 end) as 因病,
    sum(case when k.风险类型 = '因务工就业不稳' then 1 else 0 end) as 因务工,
    sum(case when k.风险类型 = '其他' and trim(coalesce(k.备注, '')) = '' then 1 else 0 end) as 其他
  from monitoring_risks k
  group by k.监测编号
),
矛盾 as (
  select
    c.监测编号,
    case
      when c.监测对象类别 = '脱贫不稳定户' and h.户类型 = '一般农户' then '类别是脱贫不稳定户，户台账却是一般农户；'
      when c.监测对象类别 = '边缘易致贫户' and h.户类型 = '脱贫户' then '类别是边缘易致贫户，户台账却是脱贫户；'
      else ''
    end
      || case
        when c.监测对象类别 <> h.监测对象类别 then '监测台账是' || c.监测对象类别 || '，户台账是' || h.监测对象类别 || '；'
        else ''
      end
      || case when k.监测编号 is null then '没有登记风险类型；' else '' end
      || case when k.其他 > 0 then '风险类型是其他，没有备注；' else '' end
      || case when k.因残 > 0 and m.残疾人数 = 0 then '风险类型是因残，在册成员没有残疾人；' else '' end
      || case when k.因病 > 0 and m.患病人数 = 0 then '风险类型是因病，在册成员没有大病、慢病患者；' else '' end
      || case when k.因务工 > 0 and m.劳动力人数 = 0 then '风险类型是因务工就业不稳，在册成员没有劳动力；' else '' end as 矛盾之处
  from monitoring_cases c
  left join households h on h.户编号 = c.户编号
  left join 风险 k on k.监测编号 = c.监测编号
  left join 成员 m on m.户编号 = c.户编号
)
select
  c.监测编号 as 对象,
  p.村代码,
  p.称呼 || '登记有矛盾：' || substr(d.矛盾之处, 1, length(d.矛盾之处) - 1) as 问题,
  c.户编号,
  c.监测对象类别,
  c.审定日期
from monitoring_cases c
join open_monitoring_cases o on o.监测编号 = c.监测编号
join 矛盾 d on d.监测编号 = c.监测编号
join monitoring_places p on p.监测编号 = c.监测编号
where d.矛盾之处 <> ''
order by p.村代码, 对象
