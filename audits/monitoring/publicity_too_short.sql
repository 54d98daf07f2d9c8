-- title: 公示天数不足或程序缺失
-- code: MON03
-- clause: 一(三)
-- basis: 排查识别不到位，程序不规范、排查不彻底
-- team: 防返贫监测专班
-- severity: 高
-- subject: monitoring_cases
-- population: select count(*) from monitoring_places p where in_village(p.村代码)
-- cautions: 公示起止两天都算在内；只查已经审定的识别程序和已经帮扶消除的消除程序，自然消除不用评议公示；突发严重困难户先帮扶后补程序的，补完以前会列出；档案里有、台账没有填的会误报。
-- remedy: 对照评议记录、公示照片和审核表核实，缺的补办，漏填的补填，登记附件1。
with 程序 as (
  select
    c.监测编号,
    case when c.评议日期 is null then '没有民主评议日期；' else '' end
      || case when c.乡镇审核日期 is null then '没有乡镇审核日期；' else '' end
      || case
        when c.公示起 is null or c.公示止 is null then '识别公示起止日期不全；'
        when days_between(c.公示起, c.公示止) + 1 < :监测公示天数
          then '识别公示' || cast(days_between(c.公示起, c.公示止) + 1 as text) || '天，不足' || plain(:监测公示天数) || '天；'
        when c.公示止 > c.审定日期 then '公示还没有结束就审定；'
        else ''
      end as 识别程序,
    case
      when c.消除日期 <= :截止日期 and coalesce(c.消除方式, '帮扶消除') = '帮扶消除'
        then case when c.消除评议日期 is null then '消除风险没有民主评议日期；' else '' end
          || case
            when c.消除公示起 is null or c.消除公示止 is null then '消除公示起止日期不全；'
            when days_between(c.消除公示起, c.消除公示止) + 1 < :监测公示天数
              then '消除公示' || cast(days_between(c.消除公示起, c.消除公示止) + 1 as text) || '天，不足' || plain(:监测公示天数) || '天；'
            when c.消除公示止 > c.消除日期 then '消除公示还没有结束就消除风险；'
            else ''
          end
      else ''
    end as 消除程序
  from monitoring_cases c
  where c.审定日期 <= :截止日期
)
select
  c.监测编号 as 对象,
  p.村代码,
  p.称呼 || '在' || c.审定日期 || '审定纳入监测，程序不规范：'
    || substr(f.识别程序 || f.消除程序, 1, length(f.识别程序 || f.消除程序) - 1) as 问题,
  c.户编号,
  c.评议日期,
  c.公示起,
  c.公示止,
  c.乡镇审核日期,
  c.审定日期,
  c.消除评议日期,
  c.消除公示起,
  c.消除公示止,
  c.消除日期,
  c.消除方式
from monitoring_cases c
join 程序 f on f.监测编号 = c.监测编号
join monitoring_places p on p.监测编号 = c.监测编号
where f.识别程序 || f.消除程序 <> ''
order by p.村代码, 对象
