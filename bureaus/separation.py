"""三员分立: which posts may not be one person's.

System administrator (系统管理员), security administrator (安全管理员) and auditor (安全审计员) are
apart: GB/T 22239-2019, 8.1.5.1 to 8.1.5.3 name the three as posts of their own with powers of their
own; that the auditor is neither of the other two is the practice of the rules for 涉密 systems
(涉及国家秘密的信息系统分级保护, 三员). That the first two are not one person either, and that none
of them works on tasks, follows the same principle of least power (8.1.4.2 d) and is this product's
own rule. It is in force where ``settings.SEPARATE_ADMINS`` is on.
"""

from collections.abc import Iterable

from bureaus.roles import SEPARATED, Role


def clash(roles: Iterable[Role]) -> str:
    """What is wrong with one person in these posts, fit to be shown; "" if nothing is."""
    held = [role for role in Role if role in set(roles)]
    separated = [role for role in held if role in SEPARATED]
    if not separated or len(held) == 1:
        return ""
    if len(separated) > 1:
        return f"{'、'.join(role.label for role in separated)}不能由同一人担任（三员分立）"
    other = next(role for role in held if role not in SEPARATED)
    return f"{separated[0].label}不能兼任{other.label}等其他岗位（三员分立）"
