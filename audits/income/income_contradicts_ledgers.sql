-- title: 公益岗、务工、转移性收入与相应台账不符
-- code: INC06
-- clause: 一(二)2
-- basis: 规范测算口径确保数据真实
-- team: 提升脱贫人口人均收入专班
-- severity: 中
-- subject: households
-- population: select count(*) from latest_incomes i left join household_places p on p.户编号 = i.户编号 where in_village(p.村代码)
-- may_be_empty: employment_months, post_attendance, persons
-- cautions: 公益岗与公益岗考勤的发放金额、惠民补贴发放里多的一个比，低保金、特困供养金、养老金与惠民补贴发放比，测算年度（上年10月至当年9月）已发放的多于测算填的，或测算填了而一笔没有发放的，才列出；测算填得比台账多、而台账只有部分月份的不列；务工只看测算的工资性收入比务工台账少的，少多少算不符是本镇约定，在外开支大、没有拿回家的会误报；没有填户编号的发放、考勤和务工按人现在的户归，领取人分户以后的会误报。
-- remedy: 核对发放和务工台账，更正收入测算，登记附件1。
with 发放 as (
  select
    i.户编号,
    sum(case when b.项目 = '公益性岗位补贴' then b.金额 else 0 end) as 公益岗,
    sum(case when b.项目 = '低保金' then b.金额 else 0 end) as 低保,
    sum(case when b.项目 = '特困供养金' then b.金额 else 0 end) as 特困,
    sum(case when b.项目 = '城乡居民养老金' then b.金额 else 0 end) as 养老
  from payments b
  left join person_villages v on v.身份证号 = b.身份证号
  join latest_incomes i on i.户编号 = coalesce(b.户编号, v.户编号)
  where coalesce(b.发放状态, '已发放') = '已发放'
    and b.所属期起 >= cast(i.年度 - 1 as text) || '-10'
    and b.所属期起 <= cast(i.年度 as text) || '-09'
  group by i.户编号
),
考勤 as (
  select
    i.户编号,
    sum(a.发放金额) as 公益岗
  from post_attendance a
  join person_villages v on v.身份证号 = a.身份证号
  join latest_incomes i on i.户编号 = v.户编号
  where a.月份 >= cast(i.年度 - 1 as text) || '-10'
    and a.月份 <= cast(i.年度 as text) || '-09'
  group by i.户编号
),
务工 as (
  select
    i.户编号,
    sum(e.月收入) as 务工收入,
    count(*) as 月数
  from employment_months e
  join person_villages v on v.身份证号 = e.身份证号
  join latest_incomes i on i.户编号 = v.户编号
  where coalesce(e.是否务工, '是') = '是'
    and e.月份 >= cast(i.年度 - 1 as text) || '-10'
    and e.月份 <= cast(i.年度 as text) || '-09'
  group by i.户编号
),
核对 as (
  select
    i.户编号,
    coalesce(i.公益性岗位收入, 0) as 公益岗填,
    case when k.公益岗 > coalesce(b.公益岗, 0) then k.公益岗 else coalesce(b.公益岗, 0) end as 公益岗发,
    coalesce(i.最低生活保障金, 0) as 低保填,
    coalesce(b.低保, 0) as 低保发,
    coalesce(i.特困供养金, 0) as 特困填,
    coalesce(b.特困, 0) as 特困发,
    coalesce(i.养老金, 0) as 养老填,
    b.养老 as 养老发,
    coalesce(i.工资性收入, coalesce(i.公益性岗位收入, 0) + coalesce(i.其他工资性收入, 0)) as 工资填,
    w.务工收入,
    w.月数
  from latest_incomes i
  left join 发放 b on b.户编号 = i.户编号
  left join 考勤 k on k.户编号 = i.户编号
  left join 务工 w on w.户编号 = i.户编号
),
不符 as (
  select
    k.户编号,
    case
      when k.公益岗发 - k.公益岗填 > :收入核对容差 or (k.公益岗填 > 0 and k.公益岗发 = 0)
        then '公益性岗位收入填' || money(k.公益岗填) || '元，发放' || money(k.公益岗发) || '元；'
      else ''
    end
      || case
        when k.低保发 - k.低保填 > :收入核对容差 or (k.低保填 > 0 and k.低保发 = 0)
          then '最低生活保障金填' || money(k.低保填) || '元，发放' || money(k.低保发) || '元；'
        else ''
      end
      || case
        when k.特困发 - k.特困填 > :收入核对容差 or (k.特困填 > 0 and k.特困发 = 0)
          then '特困供养金填' || money(k.特困填) || '元，发放' || money(k.特困发) || '元；'
        else ''
      end
      || case
        when k.养老发 - k.养老填 > :收入核对容差 then '养老金填' || money(k.养老填) || '元，发放' || money(k.养老发) || '元；'
        else ''
      end
      || case
        when k.务工收入 - k.工资填 > k.务工收入 * :务工收入核对容差 / 100.0
          then '工资性收入填' || money(k.工资填) || '元，务工台账有' || cast(k.月数 as text) || '个月、' || money(k.务工收入) || '元；'
        else ''
      end as 不符之处
  from 核对 k
)
select
  i.户编号 as 对象,
  p.村代码,
  coalesce(p.称呼, '户台账里没有的户' || i.户编号 || '的') || cast(i.年度 as text) || '年度收入测算与台账不符：'
    || substr(n.不符之处, 1, length(n.不符之处) - 1) as 问题,
  i.年度,
  i.公益性岗位收入,
  i.工资性收入,
  i.最低生活保障金,
  i.特困供养金,
  i.养老金,
  i.采集人
from latest_incomes i
join 不符 n on n.户编号 = i.户编号
left join household_places p on p.户编号 = i.户编号
where n.不符之处 <> ''
order by p.村代码, 对象
