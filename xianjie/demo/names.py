"""Made-up names from common surnames and given names; whom they fit depends on sex and year of birth."""

from __future__ import annotations

from bisect import bisect_right

from xianjie.demo.dice import Dice, Weighted

SURNAMES = Weighted.of(
    {  # the commoner, the further in front
        surname: 80.0 / (4 + place)
        for place, surname in enumerate(
            "王李张刘武郭孟任梁韩马赵杨高田成胡段贾宋冯石曹常温吕牛侯徐孙郝薛白许董魏康史程邓阎靳"
        )
    }
)

_COHORTS = (1950, 1970, 1990, 2008)  # the first year of the second, third … list below

_MEN = (
    "福生 根生 长根 金山 玉山 有福 生贵 润生 成玉 德义 万福 守仁 永贵 来福 双喜 全福 国栋 银柱 秉义 天佑",
    "建国 建平 建军 国华 志强 海明 永明 志刚 卫东 保平 爱国 新民 文明 贵生 国平 秋生 海林 玉明 永胜 俊生 晓明 银生",
    "伟 强 军 勇 志伟 晓东 海龙 鹏 建伟 俊峰 小军 艳军 永强 凯 晓峰 亮 国强 海军 宏伟 文斌 志鹏 超 磊 涛",
    "浩 杰 鑫 宇 泽宇 子豪 俊杰 凯旋 晨阳 佳豪 博文 嘉琪 旭东 志豪 天宇 昊 浩然 晋阳 铭 帅 子轩 瑞",
    "梓轩 浩宇 子墨 宇航 奕辰 沐辰 俊熙 一诺 梓豪 子睿 铭泽 宸宇 星宇 嘉懿 书豪 皓轩 睿泽 致远 明轩 家乐",
)
_WOMEN = (
    "秀英 桂兰 玉梅 兰英 秀兰 桂英 玉兰 改英 翠英 银娥 俊娥 巧珍 仙娥 爱莲 引弟 月英 玉莲 润莲 秋香 果珍",
    "秀珍 丽萍 爱萍 桂花 玉芳 秀芳 改梅 美英 俊英 爱梅 润香 海珍 建英 素珍 翠萍 玉珍 秋英 金莲 变英 淑芳 彩英 林香",
    "丽 静 艳 芳 敏 娟 霞 晓燕 海燕 丽娟 艳红 小红 春梅 慧 玲 红梅 丽丽 燕 巧玲 文丽 俊梅 婷 晓丽 娜",
    "雪 婷婷 佳 倩 瑶 欣 晓敏 雅琴 佳敏 思雨 文静 晓雨 璐 慧敏 宇婷 梦瑶 嘉欣 晨 悦 雅婷 丹 琪",
    "梓涵 欣怡 诗涵 雨桐 可馨 语桐 梓萱 一诺 若曦 佳怡 思琪 雨萱 沐瑶 艺馨 紫涵 心怡 静怡 依诺 婉婷 锦汐",
)
_GIVEN = {"男": tuple(names.split() for names in _MEN), "女": tuple(names.split() for names in _WOMEN)}


def surname(dice: Dice) -> str:
    return dice.weighted(SURNAMES)


def given(dice: Dice, sex: str, birth_year: int) -> str:
    return dice.pick(_GIVEN[sex][bisect_right(_COHORTS, birth_year)])


def full_name(dice: Dice, sex: str = "", birth_year: int = 1975) -> str:
    """Someone who is in no register: an inspector, a village head, a keeper."""
    return surname(dice) + given(dice, sex or dice.pick("男女"), birth_year)
