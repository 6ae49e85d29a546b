"""Replays bc1.json and rooms.json of libs/crypto/vectors. Ends with 1 when anything comes out otherwise."""

import base64
import json
import pathlib
import re
import sys

try:
    import cryptography  # noqa: F401
except ModuleNotFoundError:
    sys.exit("This needs the Python package cryptography: apt-get install python3-cryptography")

from bc1 import (
    Invite, Refused, Secrets, digest, dk, encode_code, first_transcript, fold, header_mask, info, mix, private_key, step,
    tag, u32, split_key_package, Reader,
)  # fmt: skip
from member import Leaf, Member

ROOT = pathlib.Path(__file__).resolve().parents[2]
VECTORS = ROOT / "libs" / "crypto" / "vectors"
checks = {"passed": 0, "failed": 0}


def hexed(text):
    return bytes.fromhex(text)


def same(what, actual, expected):
    ok = actual == expected
    checks["passed" if ok else "failed"] += 1
    if not ok:
        print(f"  {what}: {actual!r} instead of {expected!r}")


# ---- bc1.json


def replay_vectors(vectors):
    replay_invite(vectors["invite"])
    given = vectors["dk"]
    same("info", info(given["label"], hexed(given["ctx"]), 32).hex(), given["info"])
    same("DK", dk(hexed(given["secret"]), given["label"]).hex(), given["out"])
    same("DK 64", dk(hexed(given["secret"]), "step", u32(5), 64).hex(), given["out64_step_ctr5"])
    given = vectors["mix"]
    mixed = mix(hexed(given["salt"]), hexed(given["ikm"]), given["label"], hexed(given["ctx"]))
    same("MIX", mixed.hex(), given["out"])
    for name in ("schedule_rekey", "schedule_add"):
        replay_schedule(name, vectors[name])
    chain = hexed(vectors["ratchet"]["ck0"])
    for given in vectors["ratchet"]["steps"]:
        key, chain = step(chain, given["ctr"])
        same("ratchet", (key.hex(), chain.hex()), (given["mk"], given["ck_next"]))
    given = vectors["header_mask"]
    mask = header_mask(hexed(given["hp"]), hexed(given["iv"]), hexed(given["ct_last16"]))
    same("mask", mask.hex(), given["mask"])
    transcript = first_transcript(hexed(vectors["transcript"]["gid"]))
    same("T0", transcript.hex(), vectors["transcript"]["T0"])
    for given in vectors["transcript"]["items"]:
        transcript = fold(transcript, given["seq"], digest(hexed(given["bytes"])))
        same("T", transcript.hex(), given["T"])
    for suite in (1, 2):
        replay_joining(suite, hexed(vectors["invite"]["ls"]), vectors[f"room_suite{suite}"])


def replay_invite(given):
    secret = hexed(given["ls"])
    same("code", encode_code(secret), given["code"])
    with_password = given["password"]
    for expected, invite in (
        (given["no_password"], Invite(secret)),
        (with_password, Invite(secret, with_password["password"], with_password["iterations"])),
    ):
        derived = (invite.rid, invite.root, invite.gate, invite.join, invite.control, invite.psk)
        names = ("rid", "root", "gate", "join", "ctl", "psk")
        same("invite", [each.hex() for each in derived], [expected[name] for name in names])


def replay_schedule(name, given):
    secrets = Secrets(hexed(given["joiner"]), hexed(given["psk"]), hexed(given["gc_hash"]))
    same(f"{name}: epoch", secrets.epoch.hex(), given["epoch"])
    for each in Secrets.NAMES:
        same(f"{name}: {each}", getattr(secrets, each).hex(), given[each])
    same(f"{name}: welcome key", dk(hexed(given["joiner"]), "welcome key").hex(), given["welcome_key"])


def replay_joining(suite, link_secret, given):
    dh = given["joiner_dh_pkcs8"]
    member = member_of(
        suite, link_secret, given["key_package"], [(given["joiner_rsa_pkcs8"], dh, None)]
    )
    welcome = given["welcome"]
    commit = hexed(given["commit_common"])
    member.join(
        welcome["idx"], hexed(welcome["wrap"]), hexed(welcome["tag"]), commit,
        hexed(welcome["gid"]), hexed(welcome["eph"]), hexed(given["group_info"]),
    )  # fmt: skip
    expected = given["expect"]
    same("GCh", member.context_hash.hex(), expected["gc_hash"])
    same("authenticator", member.secrets.authenticator.hex(), expected["authenticator"])
    member.fold(1, commit)
    same("T1", member.transcript.hex(), expected["T1"])
    opened = member.read(2, hexed(given["envelope"]))
    said = given["plaintext"]
    for ours, theirs in (("idx", "idx"), ("ctr", "ctr"), ("ctype", "ctype"), ("sent_ms", "sent"), ("sctr", "sctr")):
        same(f"message: {ours}", opened[ours], said[theirs])
    same("message: text", hexed(opened["body"]).decode(), said["body_utf8"])


def member_of(suite, link_secret, key_package, leaves):
    invite = Invite(link_secret)
    core = split_key_package(hexed(key_package), invite.join)
    own = [
        Leaf(private_key(hexed(rsa)), private_key(hexed(dh)) if dh else None, *(publics or (core.spki, core.dh_pub)))
        for rsa, dh, publics in leaves
    ]
    return Member(suite, invite, hexed(key_package), own)


# ---- rooms.json


def replay_room(room):
    same("code", encode_code(hexed(room["link_secret"])), room["code"])
    for name in ("ben", "dora"):
        try:
            replay_observer(room, name)
        except Refused as refusal:
            same(f"suite {room['suite']}, {name}", f"refused: {refusal}", "accepted")


def replay_observer(room, name):
    observer = room["observers"][name]
    first = observer["leaves"][0]
    link_secret = hexed(observer["link_secret"])
    member = member_of(room["suite"], link_secret, observer["key_package"], [(first["rsa_pkcs8"], first["dh_pkcs8"], None)])
    items = {item["seq"]: item for item in room["items"]}
    joined = observer["joined_at"]
    bundle = Reader(hexed(observer["welcome"]["bundle"]))
    gid, ephemeral, group_info = bundle.take(32), bundle.v(2), bundle.v(4)
    frame = hexed(items[joined]["bytes"])
    welcome = observer["welcome"]
    member.join(observer["idx"], hexed(welcome["wrap"]), hexed(welcome["tag"]), frame, gid, ephemeral, group_info)
    check_directory(bundle, member)
    for seq in range(member.seq + 1, joined + 1):
        member.fold(seq, hexed(items[seq]["bytes"]))
    compare_state(name, member, items[joined])
    if name == "dora":
        replay_past(room, member, items)
    for seq in range(joined + 1, len(items) + 1):
        replay_item(room, name, member, items[seq])
    compare_safety(room, member)


def check_directory(bundle, member):
    """§10: the key packages of all members, each proven by its hash in the roster."""
    for entry in member.roster:
        same(f"key package of {entry.idx}", digest(bundle.v(2)).hex(), entry.kph.hex())
    bundle.end()


def replay_item(room, name, member, item):
    data = hexed(item["bytes"])
    if item["kind"] == "commit":
        if "key update" in item["what"]:
            renew(room["observers"][name], member)
        wrap = item["wraps"].get(name)
        new_link = member.follow(item["seq"], data, wrap and (hexed(wrap["wrap"]), hexed(wrap["tag"])))
        same("new code", encode_code(new_link) if new_link else None, item["new_code"])
        compare_state(name, member, item)
        if digest(data).hex() == room["nack"]["commit_id"]:
            complaint = member.check_nack(hexed(room["nack"]["bytes"]))
            same("complaint", complaint, {key: room["nack"][key] for key in complaint})
    elif item["opened"]["idx"] == member.self.idx:
        member.fold(item["seq"], data)
    else:
        same(f"{name}: message {item['seq']}", member.read(item["seq"], data), item["opened"])
        same(f"{name}: T", member.transcript.hex(), item["transcript"])


def renew(observer, member):
    for leaf in observer["leaves"][1:]:
        idx, number, spki, dh_pub = member.check_key_update(hexed(leaf["key_update"]))
        same("key update", (idx, number), (observer["idx"], leaf["ku_seq"]))
        dh = private_key(hexed(leaf["dh_pkcs8"])) if leaf["dh_pkcs8"] else None
        member.leaves.insert(0, Leaf(private_key(hexed(leaf["rsa_pkcs8"])), dh, spki, dh_pub))


def replay_past(room, member, items):
    keys, (base, transcript), _contexts, _departed = member.history
    same("past", [each[0] for each in keys], room["history"]["seqs"])
    for seq in range(base + 1, room["history"]["to"] + 1):
        transcript = fold(transcript, seq, digest(hexed(items[seq]["bytes"])))
    reader_anchor = room["items"][room["history"]["to"] - 1]
    expected = reader_anchor["transcript"] if reader_anchor["kind"] == "message" else reader_anchor["after"]["transcript"]
    same("T of the past", transcript.hex(), expected)
    for seq in room["history"]["seqs"]:
        same(f"past message {seq}", member.open_past(seq, hexed(items[seq]["bytes"])), items[seq]["opened"])


def compare_state(name, member, item):
    after = item["after"]
    state = {
        "epoch": member.context.epoch,
        "authenticator": member.secrets.authenticator.hex(),
        "transcript": member.transcript.hex(),
        "members": [each.idx for each in member.roster],
        "owner": next(each.idx for each in member.roster if each.role == 1),
    }
    same(f"{name}: state after {item['seq']}", state, after)


def compare_safety(room, member):
    listed = re.findall(r"\b[a-z]{3,8}\b", word_list())
    keys = "".join(sorted(each.sig_pub.hex() for each in member.roster))
    whole = digest(tag("words") + member.gid + keys.encode())
    number = int.from_bytes(whole, "big") >> (256 - 132)
    words = [listed[(number >> (11 * at)) & 2047] for at in reversed(range(12))]
    same("words", words, room["safety"]["words"])
    code = member.gid + whole + u32(member.context.epoch) + member.secrets.authenticator[:16]
    same("code", "1." + base64.urlsafe_b64encode(code).decode().rstrip("="), room["safety"]["code"])
    digits = dk(member.at(1).sig_pub, "fingerprint", b"", 60)
    groups = [int.from_bytes(digits[at : at + 5], "big") % 100_000 for at in range(0, 60, 5)]
    same("fingerprint", " ".join(f"{group:05}" for group in groups), room["safety"]["fingerprint_of_ben"])


def word_list():
    """The English list of BIP-39 is data; the file that has it holds no code besides."""
    text = (ROOT / "libs" / "crypto" / "src" / "safety-word-list.ts").read_text()
    return text[text.index("abandon") :]


def main():
    replay_vectors(json.loads((VECTORS / "bc1.json").read_text()))
    for room in json.loads((VECTORS / "rooms.json").read_text())["rooms"]:
        replay_room(room)
    print(f"{checks['passed']} passed, {checks['failed']} failed")
    return 1 if checks["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
