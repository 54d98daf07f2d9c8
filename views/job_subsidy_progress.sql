-- title: 截止日期所在年度每人每种就业奖补办到哪一步：申请日期、不予受理的理由、发放日期（还没有的空白）
select
  b.身份证号,
  b.奖补种类,
  min(case when b.申请日期 <= :截止日期 then b.申请日期 end) as 申请日期,
  min(case when b.申请日期 <= :截止日期 then b.不予受理理由 end) as 不予受理理由,
  min(case when b.发放日期 <= :截止日期 then b.发放日期 end) as 发放日期
from job_subsidies b
where b.年度 = year_of(:截止日期)
group by b.身份证号, b.奖补种类
