-- title: 政策标准
-- description: 审计用到的、已经对照文件确认的金额、界限和期限，以及各自的依据。
-- kind: rows
-- ledger: standards
select 项目, 档次, 数值, 单位, 生效日期, 失效日期, 性质, 依据文件, 已确认
from standards
where 已确认 = '是'
order by 项目, 档次, 生效日期
