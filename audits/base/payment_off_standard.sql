-- title: 发放金额与已确认标准不符
-- code: REG15
-- clause: 一(八)
-- team: 农村养老保障专班
-- severity: 中
-- subject: payments
-- population: select count(*) from payments b left join person_villages p on p.身份证号 = b.身份证号 where b.项目 in ('困难残疾人生活补贴', '重度残疾人护理补贴', '特困供养金', '孤儿基本生活费', '高龄津贴') and in_village(p.村代码)
-- standards: 困难残疾人生活补贴、重度残疾人护理补贴、特困供养金、孤儿基本生活费、高龄津贴
-- cautions: 规则是本项目定的，文件没有原话。只查按月定额的五项；低保是补差、养老金含个人账户、按亩和一次性的项目不查；补发（写明原发放编号，或批次写明补发、补差）不查；分档的标准与哪一档相符都算相符，档次对不对另行核实；所属期里标准变过的、所属期在标准生效以前的、发放失败的、截止日期以后发的不查。
-- remedy: 核对标准和档次，多发的追回，少发的补发，登记附件1。
with 应查 as (
  select
    b.发放编号,
    b.身份证号,
    b.姓名,
    b.项目,
    b.所属期起,
    coalesce(b.所属期止, b.所属期起) as 所属期止,
    months_between(b.所属期起, coalesce(b.所属期止, b.所属期起)) + 1 as 月数,
    b.金额,
    b.发放日期
  from payments b
  where b.项目 in ('困难残疾人生活补贴', '重度残疾人护理补贴', '特困供养金', '孤儿基本生活费', '高龄津贴')
    and coalesce(b.发放状态, '已发放') <> '发放失败'
    and coalesce(b.发放状态, '已发放') <> '已退回'
    and (b.发放日期 is null or b.发放日期 <= :截止日期)
    and b.原发放编号 is null
    and instr(coalesce(b.批次, ''), '补') = 0
),
比对 as (
  select
    c.发放编号,
    min(t.数值) as 最低标准,
    max(t.数值) as 最高标准,
    max(case when round(abs(c.金额 - t.数值 * c.月数) * 100) = 0 then 1 else 0 end) as 相符
  from 应查 c
  join confirmed_standards t
    on t.项目 = c.项目
    and month_of(t.生效日期) <= c.所属期起
    and (t.失效日期 is null or month_of(t.失效日期) >= c.所属期止)
  where not exists (
    -- 所属期中间换了标准的不比
    select 1
    from confirmed_standards n
    where n.项目 = c.项目
      and month_of(n.生效日期) > c.所属期起
      and month_of(n.生效日期) <= c.所属期止
  )
  group by c.发放编号
)
select
  c.发放编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(c.姓名, '姓名未填') || c.所属期起
    || case when c.所属期止 > c.所属期起 then '至' || c.所属期止 else '' end || '的' || c.项目 || '（发放编号' || c.发放编号 || '）发了'
    || money(c.金额) || '元，' || cast(c.月数 as text) || '个月按标准'
    || case
      when k.最高标准 > k.最低标准 then '最少' || money(k.最低标准 * c.月数) || '元、最多' || money(k.最高标准 * c.月数) || '元'
      else '应发' || money(k.最低标准 * c.月数) || '元'
    end as 问题,
  c.身份证号,
  c.姓名,
  c.项目,
  c.所属期起,
  c.所属期止,
  c.金额,
  k.最低标准,
  k.最高标准,
  c.发放日期
from 应查 c
join 比对 k on k.发放编号 = c.发放编号
left join person_villages p on p.身份证号 = c.身份证号
where k.相符 = 0
  and c.金额 is not null
order by p.村代码, 对象
