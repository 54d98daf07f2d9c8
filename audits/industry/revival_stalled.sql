-- title: 盘活类、调整类项目无措施或逾期无进展
-- code: IND12
-- clause: 一(四)3
-- basis: 聚焦盘活类和调整类项目，实地解剖，以案促改、以点带面推进整改
-- team: 产业发展专班
-- severity: 高
-- subject: industry_projects
-- population: select count(*) from (select distinct i.项目编号, i.四个一批类别 from industry_projects i where i.四个一批类别 in ('盘活类', '调整类')) k join projects j on j.项目编号 = k.项目编号 where in_village(j.村代码)
-- cautions: 措施、责任人、完成时限任何一项空白都列出；过了时限没有完成、又没有在标准天数内更新进展的列出；已经完成没有填完成日期的会误报；多少天算没有进展是本镇约定，不是文件规定。
-- remedy: 实地查看，明确措施、责任人和时限，倒排进度，更新四个一批台账，登记附件1。
with 登记 as (
  -- 同一项目同一类登记了几条的，取最近有进展的一条
  select
    i.项目编号,
    i.四个一批类别,
    i.原因,
    i.措施,
    i.责任人,
    i.完成时限,
    i.进展,
    i.进展日期,
    i.完成日期,
    row_number() over (
      partition by i.项目编号, i.四个一批类别
      order by coalesce(i.进展日期, '0') desc, coalesce(i.措施, '') desc
    ) as 次序
  from industry_projects i
  where i.四个一批类别 in ('盘活类', '调整类')
)
select
  i.项目编号 || '|' || i.四个一批类别 as 对象,
  j.村代码,
  coalesce(v.村名, '') || coalesce(j.项目名称, '名称未填') || '（项目编号' || i.项目编号 || '）归入' || i.四个一批类别 || '，'
    || case when i.措施 is null then '没有措施；' else '' end
    || case when i.责任人 is null then '没有责任人；' else '' end
    || case
      when i.完成时限 is null then '没有完成时限；'
      when i.完成时限 < :截止日期
        then '应在' || i.完成时限 || '前完成，到' || :截止日期 || '已超过' || cast(days_between(i.完成时限, :截止日期) as text)
          || '天，' || coalesce('最近一次进展是' || i.进展日期, '没有任何进展') || '；'
      else ''
    end || '要抓紧推进' as 问题,
  j.项目名称,
  i.四个一批类别,
  i.原因,
  i.措施,
  i.责任人,
  i.完成时限,
  i.进展,
  i.进展日期
from 登记 i
join projects j on j.项目编号 = i.项目编号
left join villages v on v.村代码 = j.村代码
where i.次序 = 1
  and (i.完成日期 is null or i.完成日期 > :截止日期)
  and (
    i.措施 is null
    or i.责任人 is null
    or i.完成时限 is null
    or (
      i.完成时限 < :截止日期
      and (i.进展日期 is null or days_between(i.进展日期, :截止日期) > :项目盘活进展天数)
    )
  )
order by j.村代码, 对象
