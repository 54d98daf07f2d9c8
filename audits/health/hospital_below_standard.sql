-- title: 乡镇卫生院药品、设备不达标
-- code: HEA13
-- clause: 一(一)2
-- basis: 基本药物配齐配全，医疗器械符合标准并定期更换
-- team: 健康医疗保障专班
-- severity: 中
-- subject: township_hospitals
-- population: select count(*) from township_hospitals t left join organisations o on o.单位编号 = t.单位编号 where t.检查日期 <= :截止日期 and in_village(o.村代码)
-- cautions: 只看每个卫生院最近一次检查；药品短缺当天已经补齐、设备正在维修的要看记录；设备更换日期空白的按没有更换或检定看待；多少天更换或检定一次是本镇约定。
-- remedy: 卫生院列出缺药和不合格设备清单，限期补齐、更换或检定，登记附件1。
with 排序 as (
  select
    t.单位编号,
    t.检查日期,
    t.药品种数,
    t.应配药品种数,
    t.设备件数,
    t.不合格设备件数,
    t.设备更换日期,
    row_number() over (partition by t.单位编号 order by t.检查日期 desc) as 次序
  from township_hospitals t
  where t.检查日期 <= :截止日期
),
核对 as (
  select
    s.单位编号,
    s.检查日期,
    s.药品种数,
    s.应配药品种数,
    s.设备件数,
    s.不合格设备件数,
    s.设备更换日期,
    case
      when s.药品种数 < s.应配药品种数
        then '；药品' || cast(s.药品种数 as text) || '种，应配' || cast(s.应配药品种数 as text) || '种'
      else ''
    end
      || case when s.不合格设备件数 > 0 then '；设备不合格或超期未检' || cast(s.不合格设备件数 as text) || '件' else '' end
      || case
        when s.设备更换日期 is null then '；没有设备更换或检定记录'
        when days_between(s.设备更换日期, :截止日期) > :卫生院设备更换间隔天数
          then '；设备上次更换或检定是' || s.设备更换日期
        else ''
      end as 不达标
  from 排序 s
  where s.次序 = 1
)
select
  k.单位编号 || '|' || k.检查日期 as 对象,
  o.村代码,
  coalesce(o.名称, '单位编号' || k.单位编号) || k.检查日期 || '检查不达标：' || substr(k.不达标, 2) as 问题,
  k.药品种数,
  k.应配药品种数,
  k.设备件数,
  k.不合格设备件数,
  k.设备更换日期
from 核对 k
left join organisations o on o.单位编号 = k.单位编号
where k.不达标 <> ''
order by o.村代码, 对象
