"""Addresses as listings and redirects give them: anybody's words until they have been read as a browser reads them."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import ada_url

LONGEST = 8000
"""Characters of an address; what is longer is an attack or a mistake."""
_PLAIN = frozenset(map(chr, range(0x21, 0x7F)))

_IPV6_OF_THE_INTERNET = ip_network("2000::/3")
_TUNNELS = (ip_network("2002::/16"), ip_network("2001::/32"), ip_network("192.88.99.0/24"))
"""6to4, Teredo and their relays: they lead to an IPv4 address of the writer's choice, and serve no news."""
_CARRIERS = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))
"""Prefixes before an IPv4 address: mapped ones, and NAT64, through which networks with IPv6 alone reach the others."""


def clean(words: str) -> str:
    """An address that stays the same in a header, a file and a table. Raises ValueError where the words are none.

    A plain one is kept to the letter. Line breaks within are dropped and other characters escaped, as browsers do.
    """
    address = words.strip().translate({9: None, 10: None, 13: None})
    if len(address) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    parsed = ada_url.URL(address)
    return address if _PLAIN.issuperset(address) else str(parsed.href)


def shown(words: str) -> str:
    """Words that are no address, on one line and fit for a row; cut so that they are still too long to become one."""
    return " ".join(words.split())[: LONGEST + 1].encode("utf-8", "replace").decode()


def is_public(host: str) -> bool:
    """Whether an IP address is a single host of the public internet. Raises ValueError for what is none.

    Not left to `is_global` alone, which knows neither multicast nor the IPv4 addresses that IPv6 ones carry.
    """
    ip = _carried(ip_address(host.partition("%")[0]))
    if isinstance(ip, IPv6Address) and ip not in _IPV6_OF_THE_INTERNET:
        return False
    return ip.is_global and not ip.is_multicast and not any(ip in tunnel for tunnel in _TUNNELS)


def _carried(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one only wraps, else the address itself."""
    return IPv4Address(ip.packed[-4:]) if any(ip in carrier for carrier in _CARRIERS) else ip
