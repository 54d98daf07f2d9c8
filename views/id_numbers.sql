-- title: 人员台账里的身份证号拆开来看：性别、出生日期、校验位（没有号码、用999999开头代替的不列）
with 号码 as (
  select distinct
    p.身份证号,
    replace(p.身份证号, 'x', 'X') as 大写
  from persons p
  where substr(p.身份证号, 1, 6) <> '999999'
),
分解 as (
  select
    n.身份证号,
    n.大写,
    length(n.大写) as 长度,
    -- 前17位里除了数字还有几个别的字符
    length(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
      substr(n.大写, 1, 17), '0', ''), '1', ''), '2', ''), '3', ''), '4', ''), '5', ''), '6', ''), '7', ''), '8', ''),
      '9', '')) as 非数字位数,
    substr(n.大写, 7, 4) || '-' || substr(n.大写, 11, 2) || '-' || substr(n.大写, 13, 2) as 号码出生日期,
    -- GB 11643：各位数字（instr 减 1）乘以权数 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2 相加
    (instr('0123456789', substr(n.大写, 1, 1)) - 1) * 7
      + (instr('0123456789', substr(n.大写, 2, 1)) - 1) * 9
      + (instr('0123456789', substr(n.大写, 3, 1)) - 1) * 10
      + (instr('0123456789', substr(n.大写, 4, 1)) - 1) * 5
      + (instr('0123456789', substr(n.大写, 5, 1)) - 1) * 8
      + (instr('0123456789', substr(n.大写, 6, 1)) - 1) * 4
      + (instr('0123456789', substr(n.大写, 7, 1)) - 1) * 2
      + (instr('0123456789', substr(n.大写, 8, 1)) - 1) * 1
      + (instr('0123456789', substr(n.大写, 9, 1)) - 1) * 6
      + (instr('0123456789', substr(n.大写, 10, 1)) - 1) * 3
      + (instr('0123456789', substr(n.大写, 11, 1)) - 1) * 7
      + (instr('0123456789', substr(n.大写, 12, 1)) - 1) * 9
      + (instr('0123456789', substr(n.大写, 13, 1)) - 1) * 10
      + (instr('0123456789', substr(n.大写, 14, 1)) - 1) * 5
      + (instr('0123456789', substr(n.大写, 15, 1)) - 1) * 8
      + (instr('0123456789', substr(n.大写, 16, 1)) - 1) * 4
      + (instr('0123456789', substr(n.大写, 17, 1)) - 1) * 2 as 加权和
  from 号码 n
)
select
  f.身份证号,
  f.长度,
  f.非数字位数,
  f.号码出生日期,
  -- 第17位单数为男，双数为女
  case when instr('13579', substr(f.大写, 17, 1)) > 0 then '男' else '女' end as 号码性别,
  -- 除以11的余数 = 和 - 11 × 商；商用四舍五入取整，余数 0 到 10 减 5 以后除以 11 都小于一半
  case
    when instr('10X98765432', substr(f.大写, 18, 1)) = f.加权和 - 11 * round((f.加权和 - 5) / 11.0) + 1 then 1
    else 0
  end as 校验位相符,
  case when substr(f.大写, 16) = '000' then 1 else 0 end as 末三位为零
from 分解 f
