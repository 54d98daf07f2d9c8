-- title: 发现、上报、改造、销号链条不闭合
-- code: HOU08
-- clause: 一(一)4
-- basis: 做到发现一户、上报一户、改造一户、销号一户
-- team: 住房安全保障专班
-- severity: 中
-- subject: households
-- population: select count(*) from renovations r join lived_households h on h.户编号 = r.户编号 where in_village(h.村代码)
-- may_be_empty: person_events
-- cautions: 冬季不能施工、正在招标的；前一环节的日期空白的接不上，查不出来；全户已经死亡或迁出的不算。每一环节多少天算超过是本镇约定，文件没有写。
-- remedy: 逐户查明卡在哪一环节，限期办理并补齐资料，销号后更新台账，登记附件1。
with 环节 as (
  select
    r.改造编号,
    r.户编号,
    case
      when r.销号日期 <= :截止日期 then null
      when r.验收日期 <= :截止日期
        then case when days_between(r.验收日期, :截止日期) > :危改销号天数 then r.验收日期 || '验收，没有销号' end
      when r.竣工日期 <= :截止日期
        then case when days_between(r.竣工日期, :截止日期) > :危改验收天数 then r.竣工日期 || '竣工，没有验收' end
      when r.开工日期 <= :截止日期
        then case when days_between(r.开工日期, :截止日期) > :危改竣工天数 then r.开工日期 || '开工，没有竣工' end
      when coalesce(r.审批日期, r.上报日期) <= :截止日期
        then case
          when days_between(coalesce(r.审批日期, r.上报日期), :截止日期) > :危改开工天数
            then coalesce(r.审批日期 || '审批', r.上报日期 || '上报') || '，没有开工'
        end
      when days_between(r.发现日期, :截止日期) > :危改上报天数 then r.发现日期 || '发现，没有上报'
    end as 断点
  from renovations r
)
select
  h.户编号 as 对象,
  h.村代码,
  coalesce(h.村名, '村名不详') || coalesce(h.户主姓名, '户主未填') || '户（户编号' || h.户编号 || '）危房改造（改造编号'
    || max(s.改造编号) || '）' || max(s.断点) || '，到' || :截止日期 || '链条没有闭合' as 问题,
  max(s.改造编号) as 改造编号,
  count(*) as 没有闭合的改造数
from 环节 s
join lived_households h on h.户编号 = s.户编号
where s.断点 is not null
group by h.户编号, h.村代码, h.村名, h.户主姓名
order by h.村代码, 对象
