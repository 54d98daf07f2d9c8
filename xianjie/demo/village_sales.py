"""What the villages have for sale, and who bought some of it by 消费帮扶."""

from __future__ import annotations

from xianjie.demo.casting import ENOUGH
from xianjie.demo.days import THIS_YEAR, TODAY, iso
from xianjie.demo.dice import Dice
from xianjie.demo.income_books import money
from xianjie.demo.model import Township

PRODUCTS = (("酥梨", 60), ("小米", 20), ("红枣", 15), ("鲜玉米", 30), ("西红柿", 25), ("鸡蛋", 5))


CHANNELS = (("五进", "进机关"), ("五进", "进学校"), ("五进", "进企业"), ("九销", "电商销售"), ("九销", "展会销售"))


def sell(town: Township, dice: Dice) -> None:
    """Every village that grows something for sale sells some of it by 消费帮扶; one has had no buyer for long."""
    limit = town.standards.whole("消费帮扶间隔天数")
    products, sales = [], []
    villages = [village for village in town.villages if village.population]
    idle = dice.pick(villages) if town.persons >= ENOUGH and villages else None
    for village in villages:
        if village is not idle and dice.chance(0.3):
            continue
        product, tons = dice.pick(PRODUCTS)
        new = village is not idle and dice.chance(0.2)  # lawful: only just ready to be sold
        products.append(
            {
                "村代码": village.code,
                "产品": product,
                "年度": THIS_YEAR,
                "待售数量": dice.between(1, tons),
                "电商服务点": dice.pick(("是", "否")),
                "登记日期": iso(TODAY - (dice.between(5, limit) if new else limit + dice.between(10, 60))),
            }
        )
        if new:
            continue
        if village is idle:
            town.plant("consumption_aid_idle", village.code)
        for back in (limit + dice.between(5, 150), *(() if village is idle else (dice.between(3, limit),))):
            kind, channel = dice.pick(CHANNELS)
            sales.append(
                {
                    "记录编号": f"XF{town.count('consumption aid'):04d}",
                    "日期": iso(TODAY - back),
                    "村代码": village.code,
                    "渠道类别": kind,
                    "渠道": channel,
                    "产品": product,
                    "金额": money(dice.between(100000, 3000000)),
                }
            )
    town.tables["village_products"], town.tables["consumption_aid"] = products, sales
