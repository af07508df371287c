#!/usr/bin/env python3
"""Prints the rows that PseudonymsTest compares with; Python 3.11.7, standard library only.

usage: pseudonym_reference_values.py
A row: secret (hexadecimal), tenant, domain, name, what is hashed of it, pseudonym.
"""
import base64, hashlib, hmac, ipaddress, sys

FIRST = bytes(range(32))
SECOND = bytes(range(32, 64))
PREFIXES = {"principal": "p_", "org": "o_", "address": "a_", "network": "n_"}
NAMES = [
    ("principal", "alice@example.com"),
    ("principal", "Ålice 日本 😀"),
    ("org", "alice@example.com"),
    ("address", "203.0.113.7"),
    ("address", "2001:0DB8:0:0:0:0:0:1"),
    ("address", "::ffff:203.0.113.7"),
    ("network", "203.0.113.7"),
    ("network", "2001:db8:12:34::1"),
]


def spelled(domain, name):
    if domain not in ("address", "network"):
        return name
    address = ipaddress.ip_address(name)
    address = getattr(address, "ipv4_mapped", None) or address
    if domain == "address":
        return str(address)
    if address.version == 4:
        return str(ipaddress.ip_network((address, 24), strict=False))
    groups = [f"{int(group, 16):x}" for group in address.exploded.split(":")[:3]]
    return ":".join(groups) + "::/48"


def pseudonym(secret, tenant, domain, name):
    message = b"\x1f".join(part.encode() for part in (tenant, domain, spelled(domain, name)))
    digest = hmac.new(secret, message, hashlib.sha256).digest()
    return PREFIXES[domain] + base64.b32encode(digest).decode().lower()[:16]


for secret in (FIRST, SECOND):
    for tenant in ("default", "acme"):
        for domain, name in NAMES:
            print("|".join([secret.hex(), tenant, domain, name, spelled(domain, name), pseudonym(secret, tenant, domain, name)]))
