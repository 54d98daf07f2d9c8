-- title: 已确认的政策标准（政策类的还要有依据文件）
select
  t.项目,
  t.档次,
  t.数值,
  t.单位,
  t.生效日期,
  t.失效日期,
  t.性质,
  t.依据文件
from standards t
where t.已确认 = '是'
  and t.数值 is not null
  and (t.性质 <> '政策' or t.依据文件 is not null)
