-- title: 截止日期当天有效的残疾人证（一人一行，换过证的取最近发的）
select
  c.身份证号,
  c.残疾人证号,
  c.残疾类别,
  c.残疾等级,
  c.需长期照护,
  c.有效期止
from (
  select
    d.身份证号,
    d.残疾人证号,
    d.残疾类别,
    d.残疾等级,
    d.需长期照护,
    d.有效期止,
    row_number() over (
      partition by d.身份证号
      order by d.发证日期 desc, d.残疾人证号 desc
    ) as 次序
  from disability_certificates d
  where coalesce(d.证件状态, '有效') = '有效'
    and (d.发证日期 is null or d.发证日期 <= :截止日期)
    and (d.有效期止 is null or d.有效期止 >= :截止日期)
) c
where c.次序 = 1
