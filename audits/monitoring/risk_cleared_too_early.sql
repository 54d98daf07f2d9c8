-- title: 识别不满6个月或收入、三保障未达标即消除风险
-- code: MON09
-- clause: 一(三)3
-- basis: 风险消除不符合要求
-- team: 防返贫监测专班
-- severity: 高
-- subject: monitoring_cases
-- population: select count(*) from monitoring_cases c join monitoring_places p on p.监测编号 = c.监测编号 where c.消除日期 <= :截止日期 and in_village(p.村代码)
-- standards: 防返贫监测线
-- cautions: 自然消除（整户死亡、迁出）不查；消除方式空白的按帮扶消除看待；收入与消除那一天执行的监测线比，那一年没有登记监测线的不比；消除时的收入、三保障没有填的查不出来；收入有没有扣减合规自付支出要看测算表。满几个月是上级规定，文件没有写。
-- remedy: 对照消除时的收入测算和三保障核查表复核，不符合的恢复监测、继续帮扶，登记附件1。
with 监测线 as (
  -- 消除那一天执行的
  select
    c.监测编号,
    max(t.数值) as 监测线
  from monitoring_cases c
  join confirmed_standards t
    on t.项目 = '防返贫监测线'
    and t.生效日期 <= c.消除日期
    and (t.失效日期 is null or t.失效日期 >= c.消除日期)
  group by c.监测编号
),
不符 as (
  select
    c.监测编号,
    case
      when add_months(c.审定日期, :消除风险最少月数) > c.消除日期
        then '识别后' || cast(days_between(c.审定日期, c.消除日期) as text) || '天，不满' || plain(:消除风险最少月数) || '个月；'
      else ''
    end
      || case
        when c.消除时人均纯收入 < l.监测线
          then '消除时人均纯收入' || money(c.消除时人均纯收入) || '元，低于监测线' || plain(l.监测线) || '元；'
        else ''
      end
      || case when c.消除时义务教育 = '无保障' then '义务教育没有保障；' else '' end
      || case when c.消除时医疗 = '无保障' then '医疗没有保障；' else '' end
      || case when c.消除时住房 = '无保障' then '住房没有保障；' else '' end
      || case when c.消除时饮水 = '无保障' then '饮水没有保障；' else '' end as 不符之处
  from monitoring_cases c
  left join 监测线 l on l.监测编号 = c.监测编号
  where c.消除日期 <= :截止日期
    and coalesce(c.消除方式, '帮扶消除') <> '自然消除'
)
select
  c.监测编号 as 对象,
  p.村代码,
  p.称呼 || '在' || coalesce(c.审定日期, '审定日期未填') || '审定纳入，在' || c.消除日期 || '消除风险，不符合要求：'
    || substr(f.不符之处, 1, length(f.不符之处) - 1) as 问题,
  c.户编号,
  c.审定日期,
  c.消除日期,
  c.消除方式,
  c.消除时人均纯收入,
  c.消除时合规自付,
  c.消除时义务教育,
  c.消除时医疗,
  c.消除时住房,
  c.消除时饮水
from monitoring_cases c
join 不符 f on f.监测编号 = c.监测编号
join monitoring_places p on p.监测编号 = c.监测编号
where f.不符之处 <> ''
order by p.村代码, 对象
