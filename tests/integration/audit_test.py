"""The audit of a running penstockd: what it follows, what a kill -9 leaves, what a witness says, and what the
two verifiers make of it."""
import json
import os
import random
import re
import shutil
import signal
import unittest

import auditors
import support
from auditors import run


class Audit(auditors.Auditor):
    def count_records(self):
        """How many records the journal has, by a replay of it."""
        done = run(os.path.join(support.BUILD, "penstockd"), "--config", "penstock.toml", "replay",
                   folder=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        return int(re.match(r"(\d+) records", done.stdout).group(1))

    def test_every_record_is_in_it_after_kills_at_any_moment(self):
        seed = random.randrange(1 << 32)
        moments = random.Random(seed)
        self.configure_audit()
        for _ in range(5):
            self.start_penstockd()
            # Any moment of the audit's turn, not of ours.
            self.trade(moments.randrange(1, 200), silence=moments.random() / 2)
            self.penstockd.end(signal.SIGKILL)
        self.start_penstockd()
        self.stop()
        text = self.assert_sound()
        records = self.count_records()
        self.assertIn(f"SOUND {records} leaves", text, f"seed {seed}")
        self.assertIn(f"sequence 1 to {records}", text, f"seed {seed}")

    def test_a_gap_fill_before_a_message_that_waited_for_it_is_on_record(self):
        self.configure_audit()
        self.start_penstockd()
        self.trade(1)
        client = self.connect("CLIENT1")
        logon, waits = self.next_out + 2, self.next_out + 3
        client.send("A", "98=0|108=30|", number=logon)
        self.assertEqual(client.until(t35="2")[7], str(self.next_out))
        order = "11=waits|1=DESK-A|21=1|38=10|40=2|44=24.00|54=1|55=DUNE|59=0|60=NOW|"
        client.send("D", order, number=waits)
        resent = f"43=Y|122={support.fix_client.now()}|"
        client.send("0", "", number=self.next_out, extra_header=resent)
        client.send("4", f"123=Y|36={waits}|", number=self.next_out + 1, extra_header=resent)
        client.next_out = waits + 1
        client.report("waits", "0")
        client.close()
        self.stop()
        self.assert_sound()
        said = run(os.path.join(support.BUILD, "penstock"), "journal", "inspect", "--directory", "state",
                   folder=self.folder).stdout
        self.assertIn(f"|36={waits}|", said)
        arrived, taken = said.index("|11=waits|"), said.rindex("|11=waits|")
        self.assertTrue(arrived < said.index(f"|36={waits}|") < taken)

    def test_it_reads_what_has_left_the_journal_for_the_archive(self):
        """Begun anew on a journal whose first segments are in the archive only."""
        path = self.configure(support.session_section("CLIENT1"))
        with open(path, encoding="utf-8") as file:
            text = file.read().replace("[journal]\n", "[journal]\nsegment_mib = 1\n", 1)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text + '\n[storage]\narchive = "archive"\nkeep_segments = 0\n')
        self.start_penstockd()
        journal = os.path.join(self.folder, "state", "journal")
        for _ in range(20):
            self.trade(500)
            taken = run(os.path.join(support.BUILD, "penstockd"), "--config", "penstock.toml", "snapshot",
                        folder=self.folder)
            self.assertEqual(taken.returncode, 0, taken.stderr)
            if "j-00000000000000000001.seg" not in os.listdir(journal):
                break
        self.stop()
        self.assertNotIn("j-00000000000000000001.seg", os.listdir(journal))
        with open(path, "a", encoding="utf-8") as file:
            file.write('\n[audit]\nkey_file = "audit.key"\n')
        for _ in range(2):
            self.start_penstockd()
            self.stop()
            self.assertIn(f"SOUND {self.count_records()} leaves", self.assert_sound())

    def test_a_witness_that_was_down_catches_up(self):
        witness, (lines, port) = self.make_witness(self.vkey)
        self.configure_audit(lines)
        self.start_penstockd()
        self.trade(20)
        self.witness.wait_for("countersigned ")
        self.witness.end(signal.SIGKILL)
        self.trade(20)
        self.penstockd.wait_for("cannot be reached")
        self.assertIn("The newest tree it is known to have countersigned has ", self.penstockd.output())
        self.start_witness(port)
        self.trade(20)
        self.penstockd.wait_for("countersigns again")
        self.stop()
        self.assertIn("1 witnesses countersigned the newest", self.assert_sound("--witness", witness))

    def test_a_rolled_back_audit_is_told_by_the_witness(self):
        _, (lines, _) = self.make_witness(self.vkey)
        self.configure_audit(lines)
        self.start_penstockd()
        self.stop()
        shutil.copytree(os.path.join(self.folder, "state"), os.path.join(self.folder, "older"))
        self.start_penstockd()
        self.trade(300)
        self.stop()
        shutil.rmtree(os.path.join(self.folder, "state"))
        os.rename(os.path.join(self.folder, "older"), os.path.join(self.folder, "state"))
        self.next_out = 1
        self.start_penstockd()
        self.penstockd.wait_for("the audit was rolled back or cut")
        self.stop()

    def test_a_halt_is_under_a_checkpoint_at_once(self):
        witness, (lines, _) = self.make_witness(self.vkey)
        self.configure_audit(lines, interval_ms=60_000)
        self.start_penstockd()
        program = os.path.join(support.BUILD, "penstock")
        done = run(program, "halt", "--config", "penstock.toml", "--reason", "a drill", folder=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        halted = json.loads(done.stdout)["seq"]
        self.wait_until_countersigned(halted)
        copy = os.path.join(self.folder, "copy")  # a copy of the moment: penstockd goes on
        shutil.copytree(self.audit(), copy)
        code, text = self.verify("--witness", witness, folder=copy)
        self.assertEqual(code, 0, text)

    def test_an_edited_byte_is_named_by_its_record(self):
        self.configure_audit()
        self.start_penstockd()
        self.trade(150)
        self.stop()
        exported = os.path.join(self.folder, "exported")
        shutil.copytree(self.audit(), exported)
        path = os.path.join(exported, "tile", "entries", "000")
        with open(path, "rb") as file:
            data = bytearray(file.read())
        at = 0
        for _ in range(100):
            at += 2 + int.from_bytes(data[at:at + 2], "big")
        data[at + 40] ^= 1
        with open(path, "wb") as file:
            file.write(data)
        code, text = self.verify(folder=exported)
        self.assertEqual(code, 1, text)
        self.assertIn("ALTERED record 100 (seq 101):", text)

    def test_a_lost_audit_is_made_again_from_the_journal(self):
        self.configure_audit()
        self.start_penstockd()
        self.trade(50)
        self.stop()
        with open(self.audit("checkpoint"), "rb") as file:
            kept = self.write("kept", file.read().decode())
        shutil.rmtree(self.audit())
        self.start_penstockd()
        self.stop()
        self.assert_sound("--checkpoint", kept)

    def test_the_key_is_changed_by_a_record(self):
        witness, (lines, port) = self.make_witness(self.vkey)
        self.configure_audit(lines)
        self.start_penstockd()
        self.trade(5)
        self.stop()
        os.rename(os.path.join(self.folder, "audit.key"), os.path.join(self.folder, "old.key"))
        self.witness.end()
        self.add_log(self.keygen("audit.key"))
        self.start_witness(port)
        self.start_refused("is not signed by this log's key")
        self.configure_audit('previous_key_file = "old.key"', lines)
        self.start_penstockd()
        self.trade(5)
        self.stop()
        self.assertIn("1 changes of the log's key", self.assert_sound("--witness", witness))
        self.configure_audit(lines)
        self.start_penstockd()
        self.trade(5)
        self.stop()
        self.assert_sound("--witness", witness)

    def entries(self):
        """Every leaf, one after the other."""
        data = b""
        for where, _, names in sorted(os.walk(self.audit("tile", "entries"))):
            for name in sorted(names):
                with open(os.path.join(where, name), "rb") as file:
                    data += file.read()
        return data

    def test_the_messages_of_both_ways_are_in_it_without_passwords(self):
        self.configure_audit()
        self.start_penstockd()
        client = self.connect("CLIENT1")
        seen = [client.log_on("98=0|108=30|553=me|554=Sesame|")]
        support.wait_for_market(client)
        client.order("o1", 10, "24.00")
        seen.append(client.report("o1", "0"))
        client.send("1", "112=still-there|")
        seen.append(client.until(t35="0", t112="still-there"))
        client.send("2", f"7={seen[1].number()}|16={seen[1].number()}|")
        client.until(t43="Y", t11="o1")
        client.send("D", "11=o2|55=DUNE|")  # rejected by the session: fields are missing
        seen.append(client.until(t35="3"))
        client.send("5", "58=bye now|")
        seen.append(client.until(t35="5"))
        client.close()
        self.stop()
        self.assert_sound()
        kept = self.entries()
        for message in seen:
            wire = "".join(f"{tag}={value}\x01" for tag, value in message).encode("latin-1")
            self.assertIn(wire, kept, str(message))
        for received in (b"554=***\x01", b"112=still-there\x01", b"11=o1\x01", b"58=bye now\x01",
                         f"7={seen[1].number()}\x0116=".encode(), b"49=XV44\x01"):
            self.assertIn(received, kept)
        # What was sent again stands in its record already: SessionAdvanced.again_from and again_to.
        again = seen[1].number()
        self.assertIn(bytes((5 << 3, again, 6 << 3, again)), kept)
        self.assertNotIn(b"Sesame", kept)

    def origin(self):
        with open(self.audit("checkpoint"), encoding="utf-8") as file:
            return file.readline().rstrip("\n")

    def test_after_a_restore_it_is_another_log(self):
        """What was recorded after the copy was signed, and is lost: the log must not go on without it."""
        witness, (lines, port) = self.make_witness(self.vkey)
        self.configure_audit(lines)
        self.start_penstockd()
        self.trade(10)
        self.on_disk()
        self.penstock("backup", "kept", "--config", "penstock.toml")
        self.trade(20)
        self.wait_until_countersigned(self.settled()["seq"])
        with open(self.audit("checkpoint"), encoding="utf-8") as file:
            kept = self.write("kept.checkpoint", file.read())
        self.penstockd.end(signal.SIGKILL)
        shutil.rmtree(os.path.join(self.folder, "state"))
        self.add_to_configuration("", **{"[venue]": "reset_on_logon = true"})
        self.penstock("restore", "kept", "--to", "state")
        self.start_penstockd()
        self.penstockd.wait_for("does not know this log (404)")
        self.stop()
        origin = self.origin()
        self.assertRegex(origin, auditors.NAME + r"/restored-\d+-\d{8}T\d+Z$")
        self.assertNotIn("rolled back", "\n".join(self.penstockd.lines))
        # It says that it is another one, and is sound as that; so is what came back of the one before.
        code, text = self.verify()
        self.assertEqual((code, f"is of another log: {origin}" in text), (1, True), text)
        self.assert_sound("--origin", origin)
        before = os.path.join(self.folder, "state", "audit-of-backup")
        code, text = self.verify("--witness", witness, "--quorum", "0", folder=before)
        self.assertEqual(code, 0, text)
        code, text = self.verify("--checkpoint", kept, folder=before)
        self.assertEqual((code, "the audit was cut or rolled back" in text), (1, True), text)
        # The witness is told, and goes on with the new one; a second start changes nothing.
        self.witness.end()
        self.add_log(self.vkey, origin)
        self.start_witness(port)
        self.start_penstockd()
        self.witness.wait_for(f"countersigned {origin}")
        self.stop()
        self.assertEqual(self.origin(), origin)
        self.assert_sound("--origin", origin, "--witness", witness)

    def start_refused(self, why):
        program = self.start("penstockd", "--config", "penstock.toml")
        program.wait_for(why)
        self.assertEqual(program.process.wait(support.STOP_SECONDS), 1)

    def test_a_journal_older_than_its_audit_is_refused(self):
        self.configure_audit()
        self.start_penstockd()
        self.stop()
        shutil.copytree(os.path.join(self.folder, "state", "journal"), os.path.join(self.folder, "older"))
        self.start_penstockd()
        self.trade(5)
        self.stop()
        shutil.rmtree(os.path.join(self.folder, "state", "journal"))
        os.rename(os.path.join(self.folder, "older"), os.path.join(self.folder, "state", "journal"))
        self.start_refused("the journal is older than its audit")


if __name__ == "__main__":
    unittest.main()
