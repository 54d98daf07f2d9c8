-- title: 高龄、大病、弱劳动能力户消除风险未附研判理由
-- code: MON12
-- clause: 一(三)3
-- basis: 对年龄较大或有重大疾病，丧失劳动能力或劳动能力较弱的，要谨慎消除风险
-- team: 防返贫监测专班
-- severity: 中
-- subject: monitoring_cases
-- population: select count(*) from monitoring_cases c join monitoring_places p on p.监测编号 = c.监测编号 where c.消除日期 <= :截止日期 and in_village(p.村代码)
-- may_be_empty: person_events
-- cautions: 自然消除（整户死亡、迁出）不查；多大年龄算较大是本镇约定，按消除那天的周岁；有没有大病、有没有劳动力按人员台账现在的登记，消除以后才患病的会误报；档案里有研判记录、台账没有填的会误报。
-- remedy: 补充研判，说明收入是否稳定、风险是否真正消除；不稳定的恢复监测，登记附件1。
select
  c.监测编号 as 对象,
  p.村代码,
  p.称呼 || '在' || c.消除日期 || '消除风险，家里'
    || case
      when m.大病人数 > 0 then '有' || cast(m.大病人数 as text) || '人患有大病'
      when m.劳动力人数 = 0 then '没有普通劳动力或技能劳动力'
      else '最年长的' || cast(age_on(m.最早出生, c.消除日期) as text) || '周岁'
    end
    || '，应当谨慎消除，台账没有填研判理由' as 问题,
  c.户编号,
  c.消除日期,
  c.消除方式,
  age_on(m.最早出生, c.消除日期) as 最大年龄,
  m.大病人数,
  m.劳动力人数
from monitoring_cases c
join household_members m on m.户编号 = c.户编号
join monitoring_places p on p.监测编号 = c.监测编号
where c.消除日期 <= :截止日期
  and coalesce(c.消除方式, '帮扶消除') <> '自然消除'
  and trim(coalesce(c.消除研判理由, '')) = ''
  and (m.大病人数 > 0 or m.劳动力人数 = 0 or age_on(m.最早出生, c.消除日期) >= :谨慎消除年龄)
order by p.村代码, 对象
