-- title: 同一人同一项目同一所属期重复发放
-- code: REG13
-- clause: 一(八)
-- team: 农村养老保障专班
-- severity: 高
-- subject: payments
-- population: select count(*) from payments b left join person_villages p on p.身份证号 = b.身份证号 where in_village(p.村代码)
-- cautions: 规则是本项目定的，文件没有原话。发放失败、已退回、待发放的不算；补发写明原发放编号的不算；已经全部追回的不算；临时救助、农机购置、学生资助、危房改造、资产分红和“其他”可以一期几笔，不查；批次写明补差的不算；所属期空白的不查。
-- remedy: 与银行回单核对，确属重复的追回并登记追回金额，登记附件1。
with 同期 as (
  -- 先找出一期不止一笔的，再看是不是真的重复：只为了快
  select
    c.身份证号,
    c.项目,
    c.所属期起
  from payments c
  group by c.身份证号, c.项目, c.所属期起
  having count(*) > 1
),
到账 as (
  select
    b.发放编号,
    b.身份证号,
    b.项目,
    b.所属期起,
    coalesce(b.所属期止, b.所属期起) as 所属期止,
    b.发放日期
  from 同期 c
  join payments b
    on b.身份证号 = c.身份证号
    and b.项目 = c.项目
    and b.所属期起 = c.所属期起
  where coalesce(b.发放状态, '已发放') = '已发放'
    and (b.发放日期 is null or b.发放日期 <= :截止日期)
    and b.项目 not in ('临时救助金', '农机购置补贴', '学生资助', '危房改造补助', '资产收益分红', '其他')
    and instr(coalesce(b.批次, ''), '补差') = 0
    and (b.金额 is null or coalesce(b.追回金额, 0) < b.金额)
    -- 后来写明原发放编号补发过的，原来那一笔不算
    and not exists (
      select 1
      from payments r
      where r.原发放编号 = b.发放编号
        and coalesce(r.发放状态, '已发放') = '已发放'
    )
),
排序 as (
  select
    t.发放编号,
    t.所属期止,
    row_number() over (
      partition by t.身份证号, t.项目, t.所属期起, t.所属期止
      order by coalesce(t.发放日期, '9999'), t.发放编号
    ) as 次序,
    first_value(t.发放编号) over (
      partition by t.身份证号, t.项目, t.所属期起, t.所属期止
      order by coalesce(t.发放日期, '9999'), t.发放编号
    ) as 首笔编号
  from 到账 t
)
select
  s.发放编号 as 对象,
  p.村代码,
  coalesce(p.村名, '不在册人员') || coalesce(b.姓名, '姓名未填') || b.所属期起
    || case when s.所属期止 > b.所属期起 then '至' || s.所属期止 else '' end || '的' || b.项目
    || '第' || cast(s.次序 as text) || '次发放（发放编号' || s.发放编号 || coalesce('，' || money(b.金额) || '元', '，金额未填')
    || '），第1次的发放编号是' || s.首笔编号 || '，已追回' || money(coalesce(b.追回金额, 0)) || '元' as 问题,
  b.身份证号,
  b.姓名,
  b.项目,
  b.所属期起,
  s.所属期止,
  b.金额,
  coalesce(b.追回金额, 0) as 追回金额,
  b.发放日期,
  s.首笔编号
from 排序 s
join payments b on b.发放编号 = s.发放编号
left join person_villages p on p.身份证号 = b.身份证号
where s.次序 > 1
order by p.村代码, 对象
