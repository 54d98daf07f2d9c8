-- title: 线上线下核对：只在线上、只在线下、不一致（字段和两边的值）、一致，一个对象一个字段一行
with 系统 as (
  -- 同一字段导出过几次的，取最近一次（次序是 1 的）
  select
    r.对象类型,
    r.对象,
    r.户编号,
    r.字段,
    r.系统值,
    r.更新日期,
    row_number() over (partition by r.对象, r.字段, r.对象类型 order by r.导出日期 desc, r.系统值 desc) as 次序
  from system_records r
),
线下户 as (
  -- 按系统户编号归并：两户填了同一个编号的也不重复
  select
    h.系统户编号,
    min(h.户主姓名) as 户主姓名,
    min(h.村代码) as 村代码
  from households h
  where h.系统户编号 is not null
  group by h.系统户编号
),
两边 as (
  -- 只比清单里的字段，线下的值各取自同名的列；多比一个字段，这两处一起加
  select
    s.对象类型,
    s.对象,
    s.字段,
    s.系统值,
    s.更新日期,
    h.户主姓名 as 名称,
    h.村代码,
    case s.字段
      when '户类型' then h.户类型
      when '脱贫年度' then cast(h.脱贫年度 as text)
      when '监测对象类别' then h.监测对象类别
      when '风险是否已消除' then h.风险是否已消除
      when '家庭人口数' then cast(h.家庭人口数 as text)
      when '户主姓名' then h.户主姓名
      when '联系电话' then h.联系电话
    end as 线下值
  from 系统 s
  join households h on h.系统户编号 = s.对象
  where s.对象类型 = '户'
    and s.次序 = 1
    and s.字段 in ('户类型', '脱贫年度', '监测对象类别', '风险是否已消除', '家庭人口数', '户主姓名', '联系电话')
  union all
  select
    s.对象类型,
    s.对象,
    s.字段,
    s.系统值,
    s.更新日期,
    p.姓名 as 名称,
    h.村代码,
    case s.字段
      when '姓名' then p.姓名
      when '性别' then p.性别
      when '出生日期' then p.出生日期
      when '与户主关系' then p.与户主关系
      when '文化程度' then p.文化程度
      when '在校生状况' then p.在校生状况
      when '健康状况' then p.健康状况
      when '劳动技能' then p.劳动技能
    end as 线下值
  from 系统 s
  join persons p on p.身份证号 = s.对象
  left join households h on h.户编号 = p.户编号
  where s.对象类型 = '人'
    and s.次序 = 1
    and s.字段 in ('姓名', '性别', '出生日期', '与户主关系', '文化程度', '在校生状况', '健康状况', '劳动技能')
),
逐项 as (
  -- 两边都空白算一致，日期里的连字符、全角逗号不算不同；在册几处的，有一处相同就算一致
  select
    b.对象类型,
    b.对象,
    b.字段,
    min(b.名称) as 名称,
    min(b.村代码) as 村代码,
    min(b.系统值) as 系统值,
    min(b.线下值) as 线下值,
    max(b.更新日期) as 系统更新日期,
    max(case
      when replace(replace(coalesce(b.系统值, ''), '-', ''), '，', ',') = replace(coalesce(b.线下值, ''), '-', '') then 1
      else 0
    end) as 相同
  from 两边 b
  group by b.对象类型, b.对象, b.字段
),
四类 as (
  select
    case i.相同 when 1 then '一致' else '不一致' end as 情况,
    i.对象类型,
    i.对象,
    i.字段,
    i.名称,
    i.村代码,
    i.系统值,
    i.线下值,
    i.系统更新日期
  from 逐项 i
  union all
  -- 系统里的户或人，线下台账里没有：一个对象一行
  select
    '只在线上' as 情况,
    r.对象类型,
    r.对象,
    min(r.字段) as 字段,
    null as 名称,
    min(g.村代码) as 村代码,
    null as 系统值,
    null as 线下值,
    max(r.更新日期) as 系统更新日期
  from system_records r
  left join 线下户 h on h.系统户编号 = r.对象 and r.对象类型 = '户'
  left join persons p on p.身份证号 = r.对象 and r.对象类型 = '人'
  left join households g on g.户编号 = r.户编号
  where h.系统户编号 is null
    and p.身份证号 is null
  group by r.对象类型, r.对象
  union all
  -- 线下填了系统户编号的户，系统导出里没有；只导出过人、没有导出过户的不查
  select
    '只在线下' as 情况,
    '户' as 对象类型,
    h.系统户编号 as 对象,
    '户' as 字段,
    h.户主姓名 as 名称,
    h.村代码,
    null as 系统值,
    null as 线下值,
    null as 系统更新日期
  from 线下户 h
  left join system_records r on r.对象 = h.系统户编号 and r.对象类型 = '户'
  where r.对象 is null
    and exists (
      select 1
      from system_records u
      where u.对象类型 = '户'
    )
)
select
  d.情况,
  d.村代码,
  v.村名,
  d.对象类型,
  d.对象,
  d.名称,
  d.字段,
  d.系统值,
  d.线下值,
  d.系统更新日期
from 四类 d
left join villages v on v.村代码 = d.村代码
