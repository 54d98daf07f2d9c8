"""Around one person or one household: its people, its rows in other ledgers, its findings."""

from datasette import hookimpl
from datasette.utils import escape_sqlite, tilde_decode
from datasette.utils.sqlite import sqlite3

from xianjie.links import PERSON, age_on, table_url

MEMBER = ("姓名", PERSON, "性别", "出生日期", "与户主关系", "健康状况", "户籍状态")


async def rows_of(datasette, sql, parameters):
    """Rows of the internal database as dicts; none where a table is not there."""
    try:
        results = await datasette.execute(datasette.site.kind, sql, parameters)
    except sqlite3.OperationalError:
        return []
    return [dict(row) for row in results]


async def findings_of(datasette, subjects):
    """The findings of the last build about any of these 对象."""
    marks = ", ".join("?" * len(subjects))
    sql = f"select 审计, 审计名称, 对象, 问题, 截止日期 from findings where 对象 in ({marks}) order by 审计, 对象"
    return await rows_of(datasette, sql, subjects) if subjects else []


async def elsewhere(datasette, column, value, but=()):
    """Ledgers in which the value stands in that column: name, title, number of rows, address."""
    site = datasette.site
    names = [name for name, ledger in site.ledgers.items() if column in ledger.by_name and name not in but]
    found = []
    for name in names:
        sql = f"select count(*) as n from {escape_sqlite(name)} where {escape_sqlite(column)} = ?"
        rows = await rows_of(datasette, sql, [value])
        if rows and rows[0]["n"]:
            url = table_url(site, name, {column: value})
            found.append({"name": name, "title": site.title_of(name), "count": rows[0]["n"], "url": url})
    return found


async def person(datasette, number):
    """What else is known of the person with that 身份证号."""
    named = await rows_of(datasette, "select distinct 姓名 from persons where 身份证号 = ? order by 姓名", [number])
    return {
        "person": number,
        "names": [row["姓名"] for row in named],
        "elsewhere": await elsewhere(datasette, PERSON, number, but=("persons",)),
        "findings": await findings_of(datasette, [number]),
    }


async def household(datasette, number):
    """The members of a household, and everything about it and them."""
    site = datasette.site
    columns = ", ".join(map(escape_sqlite, MEMBER))
    sql = f"select {columns} from persons where 户编号 = ? order by 与户主关系 <> '户主', 出生日期, 身份证号"
    members = await rows_of(datasette, sql, [number])
    for member in members:
        member["年龄"] = age_on(member["出生日期"], site.package.as_of)
    return {
        "members": members,
        "elsewhere": await elsewhere(datasette, "户编号", number, but=("persons", "households")),
        "findings": await findings_of(datasette, [number, *(member[PERSON] for member in members)]),
    }


@hookimpl
def extra_template_vars(datasette, view_name, table, request):
    """For persons filtered by 身份证号, and for every row with a key."""

    async def variables():
        if not datasette.site.internal or request is None:
            return {}
        if view_name == "table" and table == "persons" and request.args.get(PERSON):
            return {"around": await person(datasette, request.args.get(PERSON))}
        if view_name != "row":
            return {}
        key = tilde_decode(request.url_vars["pks"])
        if table == "households":
            return {"around": await household(datasette, key)}
        ledger = datasette.site.ledgers.get(table)
        if ledger and len(ledger.primary_key) == 1:
            return {
                "around": {
                    "elsewhere": await elsewhere(datasette, ledger.primary_key[0], key, but=(table,)),
                    "findings": await findings_of(datasette, [key]),
                }
            }
        return {}

    return variables
