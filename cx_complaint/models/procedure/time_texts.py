"""Moments, spans of time and limits as people read them: the only place that words them, for screens, messages and pages."""

from odoo.tools.misc import babel_locale_parse, format_datetime, get_lang, posix_to_ldml


def moment_text(env, moment, company=None, tz=None):
    """A stored moment in the language and on the clock of whoever reads it, e.g. “12/08/2026 10:00 AM”; “–” for none.

    :param company: whose clock counts where the reader has none of his own
    :param tz: of another reader, where it is not the user
    """
    if not moment:
        return "–"
    # sudo: res.company - its time zone
    zone = tz or env.context.get("tz") or env.user.tz or company and company.sudo()._cx_timezone()
    lang = get_lang(env)
    pattern = f"{lang.date_format} {lang.time_format.replace(':%S', '')}"  # as the language has it, without seconds
    return format_datetime(env, moment, tz=zone, dt_format=posix_to_ldml(pattern, locale=babel_locale_parse(lang.code)))


def span_text(env, seconds, is_working=False, is_said=False):
    """So many seconds in the two largest units that say enough, e.g. “2 d 3 h”; a day of working time has no fixed length.

    :param is_working: they are seconds of working time
    :param is_said: whether the text has to say so
    """
    minutes = int(seconds // 60)
    days, hours, rest = minutes // 1440, minutes // 60, minutes % 60
    if days and not is_working:
        text = env._("%(days)s d %(hours)s h", days=days, hours=hours % 24) if hours % 24 else env._("%(days)s d", days=days)
    elif hours:
        text = env._("%(hours)s h %(minutes)s min", hours=hours, minutes=rest) if rest else env._("%(hours)s h", hours=hours)
    else:
        text = env._("%(minutes)s min", minutes=rest)
    return env._("%(span)s of working time", span=text) if is_working and is_said else text


def limit_text(env, value, unit):
    """A limit in words, e.g. “2 working days”; False without one.

    :param unit: of ``rulebook_lists.UNITS``
    """
    if not unit or not value and unit != "agreed":
        return False
    count, is_one = f"{value:g}", value == 1
    return {
        "minute": lambda: env._("1 minute") if is_one else env._("%(count)s minutes", count=count),
        "hour": lambda: env._("1 hour") if is_one else env._("%(count)s hours", count=count),
        "working_hour": lambda: env._("1 working hour") if is_one else env._("%(count)s working hours", count=count),
        "working_day": lambda: env._("1 working day") if is_one else env._("%(count)s working days", count=count),
        "calendar_day": lambda: env._("1 calendar day") if is_one else env._("%(count)s calendar days", count=count),
        "month": lambda: env._("1 month") if is_one else env._("%(count)s months", count=count),
        "day_of_next_month": lambda: env._("day %(count)s of the next month", count=count),
        "agreed": lambda: env._("date agreed with the customer"),
    }[unit]()
