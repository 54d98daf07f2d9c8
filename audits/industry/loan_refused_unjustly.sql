-- title: 违规提高门槛，应贷未贷
-- code: IND07
-- clause: 一(四)2
-- basis: 存在小额信贷用途不合规、违规提高贷款门槛、自行缩小政策受益范围等情况
-- team: 小额信贷专班
-- severity: 高
-- subject: loan_requests
-- population: select count(*) from loan_requests q left join households h on h.户编号 = q.户编号 where in_village(h.村代码)
-- cautions: 只看拒贷原因一栏的字面；拒贷原因空白的也列出；因逾期、失信、没有还款能力、用途不合规拒贷的是正常审查；“年龄”只在申请时符合年龄的才列，出生日期空白的不列；后来又放了款的不列；不是脱贫户、监测户的不查。
-- remedy: 会同银行复核，取消担保、抵押等附加条件，符合条件的尽快放款，登记附件1。
with 理由 as (
  select
    q.需求编号,
    min(w.用语) as 用语
  from loan_requests q
  join unjust_refusals w on instr(q.拒贷原因, w.用语) > 0
  group by q.需求编号
),
年龄 as (
  select
    q.需求编号,
    age_on(p.出生日期, q.申请日期) as 申请时年龄
  from loan_requests q
  join person_villages p on p.身份证号 = q.身份证号
  where instr(q.拒贷原因, '龄') > 0
)
select
  q.需求编号 as 对象,
  h.村代码,
  coalesce(v.村名, '村名不详') || coalesce(q.姓名, '姓名未填') || '（户编号' || q.户编号 || '，'
    || case when h.户类型 = '脱贫户' then '脱贫户' else h.监测对象类别 end || '）'
    || coalesce(q.申请日期, '日期不详') || '申请小额信贷' || coalesce(money(q.金额) || '元', '') || '（需求编号' || q.需求编号
    || '）被' || coalesce(q.银行, '银行') || '拒贷，'
    || case
      when q.拒贷原因 is null then '没有写原因'
      else '原因是“' || q.拒贷原因 || '”' || case
        when r.用语 is not null then '，含“' || r.用语 || '”，是政策以外的门槛'
        else '，申请时' || cast(a.申请时年龄 as text) || '周岁，符合年龄条件'
      end
    end as 问题,
  q.姓名,
  q.身份证号,
  q.户编号,
  h.户类型,
  h.监测对象类别,
  q.银行,
  q.金额,
  q.用途,
  q.申请日期,
  q.受理日期,
  q.拒贷原因,
  a.申请时年龄
from loan_requests q
join households h on h.户编号 = q.户编号
left join villages v on v.村代码 = h.村代码
left join 理由 r on r.需求编号 = q.需求编号
left join 年龄 a on a.需求编号 = q.需求编号
where q.受理结果 = '拒贷'
  and coalesce(q.申请日期, :截止日期) <= :截止日期
  and (h.户类型 = '脱贫户' or h.监测对象类别 is not null)
  and (
    q.拒贷原因 is null
    or r.用语 is not null
    or (a.申请时年龄 >= :小额信贷最低年龄 and a.申请时年龄 <= :小额信贷最高年龄)
  )
  and not exists (
    select 1
    from loan_requests o
    where o.身份证号 = q.身份证号
      and o.受理结果 = '已放款'
      and o.申请日期 >= q.申请日期
  )
order by h.村代码, 对象
