"""The working teams, led by made-up people: the document names the teams and nobody else."""

from __future__ import annotations

LEADERS = {  # 专班 -> 牵头单位, 主要负责人
    "控辍保学专班": ("镇中心校", "张志远"),
    "健康医疗保障专班": ("镇卫生院", "王秀琴"),
    "饮水安全保障专班": ("镇水利服务站", "李建平"),
    "住房安全保障专班": ("镇村镇建设服务中心", "赵国华"),
    "提升脱贫人口人均收入专班": ("镇农业综合服务中心", "郭海林"),
    "消费帮扶专班": ("镇供销合作社", "武丽萍"),
    "防返贫监测专班": ("镇乡村振兴服务站", "任晓峰"),
    "产业发展专班": ("镇农业技术推广站", "田永胜"),
    "小额信贷专班": ("镇金融服务站", "孟宪明"),
    "资金项目专班": ("镇财政所", "李建国"),
    "就业帮扶专班": ("镇社会保障服务站", "韩玉梅"),
    "农村养老保障专班": ("镇民政办公室", "杨淑芳"),
    "驻村帮扶专班": ("镇驻村工作办公室", "高振华"),
    "干部培训专班": ("镇党校", "梁文斌"),
    "监督执纪专班": ("镇纪委", "宋卫东"),
}
OTHERS = ("镇人民政府办公室", "成志宏")  # for a team that the township has added by itself


def made_up_teams(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows of teams.csv with made-up leaders; a team without a name stays without anything."""
    made = []
    for row in rows:
        office, leader = LEADERS.get(row["专班"], OTHERS) if row["专班"] else ("", "")
        made.append(row | {"牵头单位": office, "主要负责人": leader})
    return made
