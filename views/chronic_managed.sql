-- title: 截止日期当天在管的四类慢病患者
select
  c.身份证号,
  c.病种,
  max(c.管理起) as 管理起
from chronic_patients c
where c.病种 in ('高血压', '2型糖尿病', '肺结核', '严重精神障碍')
  and coalesce(c.是否在管, '是') = '是'
  and (c.管理起 is null or c.管理起 <= :截止日期)
  and (c.管理止 is null or c.管理止 >= :截止日期)
group by c.身份证号, c.病种
