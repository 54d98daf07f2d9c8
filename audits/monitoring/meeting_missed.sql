-- title: 镇月度联席会议未召开或无纪要（按应开月份生成）
-- code: MON16
-- clause: 一(三)1
-- basis: 按月召开防止返贫动态监测帮扶联席会议
-- team: 防返贫监测专班
-- severity: 中
-- subject: joint_meetings
-- population: select count(*) from meeting_months m where in_village('')
-- cautions: 查截止日期以前的12个整月，当月还没有过完的不查；只在全镇结果里列出，不分村；会议开了、台账没有登记的会误报；与别的会议合并召开的，把纪要文号填上。
-- remedy: 补登会议日期和纪要；确实没有召开的说明原因，以后按月召开，登记附件1。
with 会议 as (
  select
    j.月份,
    max(j.会议日期) as 会议日期,
    max(trim(j.纪要)) as 纪要
  from joint_meetings j
  group by j.月份
)
select
  m.月份 as 对象,
  cast(null as text) as 村代码,
  '镇里' || m.月份
    || case
      when h.月份 is null then '没有防返贫联席会议的记录'
      when h.会议日期 is null then '防返贫联席会议没有登记会议日期'
      else '的防返贫联席会议（' || h.会议日期 || '）没有纪要'
    end as 问题,
  h.会议日期,
  h.纪要
from meeting_months m
left join 会议 h on h.月份 = m.月份
where h.会议日期 is null
  or coalesce(h.纪要, '') = ''
order by 对象
