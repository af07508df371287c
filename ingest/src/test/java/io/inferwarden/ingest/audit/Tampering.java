package io.inferwarden.ingest.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What somebody who can write to the topic, but has no signing key, may do to it. */
enum Tampering {
  CHANGE_CONTENT(AuditFinding.Kind.CHANGED) {
    @Override
    Done tamper(Target at) {
      return at.replace(at.text().replaceFirst("\"principal\":\"p_", "\"principal\":\"p-"));
    }
  },
  CHANGE_HASH(AuditFinding.Kind.CHANGED) {
    @Override
    Done tamper(Target at) {
      return at.replace(withHash(at.text(), "ab".repeat(32)));
    }
  },
  CHANGE_AND_HASH_AGAIN(AuditFinding.Kind.CHANGED, AuditFinding.Kind.FORGED_SUFFIX) {
    @Override
    Done tamper(Target at) {
      return at.replace(hashed(at.text().replaceFirst("\"principal\":\"p_", "\"principal\":\"p-")));
    }
  },
  CHANGE_LINK_AND_HASH_AGAIN(AuditFinding.Kind.CHANGED, AuditFinding.Kind.FORGED_SUFFIX) {
    @Override
    Done tamper(Target at) {
      return at.replace(
          hashed(at.text().replaceFirst("\"prev\":\"[0-9a-f]{8}", "\"prev\":\"00000000")));
    }
  },
  CHANGE_TIME_OF_CHECKPOINT(AuditFinding.Kind.BAD_SIGNATURE) {
    @Override
    Done tamper(Target at) {
      return at.replace(hashed(at.text().replaceFirst("\"time\":1", "\"time\":2")));
    }

    @Override
    boolean wants(AuditRecord record) {
      return !record.isEvent();
    }
  },
  SIGN_WITH_ANOTHER_KEY(AuditFinding.Kind.UNTRUSTED_KEY) {
    @Override
    Done tamper(Target at) {
      AuditSigner other = AuditEntries.signer(666);
      String body =
          at.text()
              .replaceFirst(",\"signature\".*", "")
              .replaceFirst("\"key\":\"[0-9a-f]*", "\"key\":\"" + other.publicKey().id());
      String signature =
          java.util.Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(other.sign(body.getBytes(StandardCharsets.UTF_8)));
      return at.replace(
          hashed(
              body + ",\"signature\":\"" + signature + "\",\"hash\":\"" + "0".repeat(64) + "\"}"));
    }

    @Override
    boolean wants(AuditRecord record) {
      return !record.isEvent();
    }
  },
  DROP(AuditFinding.Kind.DROPPED) {
    @Override
    Done tamper(Target at) {
      at.records().remove(at.offset());
      return new Done(Set.of(), at.record().sequence());
    }
  },
  SWAP(AuditFinding.Kind.REORDERED) {
    @Override
    Done tamper(Target at) {
      int next = at.nextOfChain(at.offset());
      byte[] moved = at.records().set(next, at.json());
      at.records().set(at.offset(), moved);
      return new Done(Set.of((long) at.offset(), (long) next), -1);
    }
  },
  MOVE_LATER(AuditFinding.Kind.REORDERED) {
    @Override
    Done tamper(Target at) {
      int later = at.nextOfChain(at.nextOfChain(at.nextOfChain(at.offset())));
      at.records().remove(at.offset());
      at.records().add(later, at.json());
      return new Done(Set.of((long) later), -1);
    }
  },
  INSERT(AuditFinding.Kind.INSERTED) {
    @Override
    Done tamper(Target at) {
      at.records().add(at.offset() + 1, forged(at.record(), at.record().sequence() + 1));
      return new Done(Set.of((long) at.offset() + 1), -1);
    }
  },
  INSERT_NEW_CHAIN(AuditFinding.Kind.INSERTED) {
    @Override
    Done tamper(Target at) {
      String first =
          new String(forged(at.record(), 0), StandardCharsets.UTF_8)
              .replaceFirst("\"chain\":\"", "\"chain\":\"own-");
      at.records().add(at.offset() + 1, hashed(first).getBytes(StandardCharsets.UTF_8));
      return new Done(Set.of((long) at.offset() + 1), -1);
    }
  },
  DUPLICATE(AuditFinding.Kind.DUPLICATED) {
    @Override
    Done tamper(Target at) {
      int later = at.nextOfChain(at.nextOfChain(at.offset()));
      at.records().add(later, at.json());
      return new Done(Set.of((long) later), -1);
    }
  },
  REPLAY_PREFIX(AuditFinding.Kind.DUPLICATED) {
    @Override
    Done tamper(Target at) {
      List<byte[]> prefix = new ArrayList<>(at.records().subList(0, 5));
      at.records().addAll(prefix);
      long end = at.records().size();
      return new Done(Set.of(end - 1, end - 2, end - 3, end - 4, end - 5), -1);
    }
  },
  MOVE_TO_OTHER_PARTITION(AuditFinding.Kind.MOVED) {
    @Override
    Done tamper(Target at) {
      at.records().remove(at.offset());
      List<byte[]> other = at.log().partitions.get((at.partition() + 1) % AuditLog.PARTITIONS);
      int place = Math.min(at.offset(), other.size());
      other.add(place, at.json());
      return new Done(Set.of((long) place), -1);
    }
  },
  FORGE_SUFFIX(AuditFinding.Kind.FORGED_SUFFIX) {
    @Override
    Done tamper(Target at) {
      byte[] replaced =
          hashed(at.text().replaceFirst("\"principal\":\"p_", "\"principal\":\"p-"))
              .getBytes(StandardCharsets.UTF_8);
      at.records().set(at.offset(), replaced);
      long last = at.offset();
      int next = at.nextOfChain(at.offset());
      while (AuditLog.read(at.records().get(next)).isEvent()) {
        String hash = HexFormat.of().formatHex(AuditLog.read(replaced).hash());
        replaced =
            hashed(
                    new String(at.records().get(next), StandardCharsets.UTF_8)
                        .replaceFirst("\"prev\":\"[0-9a-f]*", "\"prev\":\"" + hash))
                .getBytes(StandardCharsets.UTF_8);
        at.records().set(next, replaced);
        last = next;
        next = at.nextOfChain(next);
      }
      return new Done(Set.of(last), -1);
    }
  },
  TRUNCATE_BEFORE_RESTART(AuditFinding.Kind.TRUNCATED) {
    @Override
    Done tamper(Target at) {
      List<Integer> ofChain = new ArrayList<>();
      for (int i = 0; i < at.records().size(); i++) {
        if (AuditLog.read(at.records().get(i)).chain().equals(at.record().chain())) {
          ofChain.add(i);
        }
      }
      at.records().remove((int) ofChain.get(ofChain.size() - 1));
      return new Done(Set.of((long) ofChain.get(ofChain.size() - 2)), -1);
    }

    @Override
    boolean endsEarlierLife() {
      return true;
    }
  },
  REPLACE_BY_GARBAGE(AuditFinding.Kind.NOT_A_RECORD) {
    @Override
    Done tamper(Target at) {
      return at.replace("{\"v\":1,\"note\":\"nothing to see\"}");
    }
  };

  /**
   * What was done.
   *
   * @param offsets one of which a finding must name; empty when it must name the seq
   * @param sequence that a finding must name; -1 when it must name an offset
   */
  record Done(Set<Long> offsets, long sequence) {}

  /** A record of a log that is to be tampered with. */
  record Target(AuditLog log, int partition, int offset, AuditRecord record, String text) {
    static Target of(AuditLog log, int partition, int offset) {
      byte[] json = log.partitions.get(partition).get(offset);
      return new Target(
          log, partition, offset, AuditLog.read(json), new String(json, StandardCharsets.UTF_8));
    }

    List<byte[]> records() {
      return log.partitions.get(partition);
    }

    byte[] json() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    Done replace(String by) {
      if (by.equals(text)) {
        throw new AssertionError("nothing was changed in " + text);
      }
      records().set(offset, by.getBytes(StandardCharsets.UTF_8));
      return new Done(Set.of((long) offset), -1);
    }

    /** The offset of the next record of the chain; -1 where there is none. */
    int nextOfChain(int from) {
      for (int i = from + 1; i < records().size() && from >= 0; i++) {
        if (AuditLog.read(records().get(i)).chain().equals(record.chain())) {
          return i;
        }
      }
      return -1;
    }
  }

  private final AuditFinding.Kind caughtAs;
  private final AuditFinding.Kind orAs;

  Tampering(AuditFinding.Kind caughtAs) {
    this(caughtAs, caughtAs);
  }

  Tampering(AuditFinding.Kind caughtAs, AuditFinding.Kind orAs) {
    this.caughtAs = caughtAs;
    this.orAs = orAs;
  }

  boolean isCaughtAs(AuditFinding.Kind kind) {
    return kind == caughtAs || kind == orAs;
  }

  abstract Done tamper(Target at);

  boolean wants(AuditRecord record) {
    return record.isEvent();
  }

  boolean endsEarlierLife() {
    return false;
  }

  /** A place that can be tampered with like this: its chain goes on, and is signed, after it. */
  Target target(AuditLog log, Random random) {
    while (true) {
      int partition = random.nextInt(AuditLog.PARTITIONS);
      Target at =
          Target.of(log, partition, 5 + random.nextInt(log.partitions.get(partition).size() - 5));
      int third = at.nextOfChain(at.nextOfChain(at.nextOfChain(at.offset())));
      if (wants(at.record()) && third >= 0 && hasSignatureAfter(at, third) && suits(at)) {
        return at;
      }
    }
  }

  private static boolean hasSignatureAfter(Target at, int offset) {
    for (int i = offset; i >= 0; i = at.nextOfChain(i)) {
      if (!AuditLog.read(at.records().get(i)).isEvent()) {
        return true;
      }
    }
    return false;
  }

  private boolean suits(Target at) {
    return !endsEarlierLife()
        || at.records().stream()
            .map(AuditLog::read)
            .map(AuditRecord::follows)
            .anyMatch(follows -> follows != null && follows.chain().equals(at.record().chain()));
  }

  /** A record of a chain that its writer has not written, linked to another. */
  static byte[] forged(AuditRecord after, long sequence) {
    String hash = HexFormat.of().formatHex(after.hash());
    return hashed(
            "{\"v\":1,\"type\":\"event\",\"writer\":\""
                + after.writer()
                + "\",\"chain\":\""
                + after.chain()
                + "\",\"partition\":"
                + after.partition()
                + ",\"seq\":"
                + sequence
                + (sequence == 0 ? ",\"follows\":\"genesis\"" : "")
                + ",\"id\":\"forged\",\"time\":1,\"received\":1,\"source\":\"otlp\",\"client\":\"c\","
                + "\"tenant\":\"t\",\"principal\":\"p\",\"model\":\"m\",\"status\":\"ok\",\"prev\":\""
                + hash
                + "\",\"hash\":\""
                + "0".repeat(64)
                + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  static String hashed(String record) {
    String body = record.substring(0, record.length() - AuditRecord.HASH_SUFFIX);
    byte[] hash = Sha256.digest().digest(body.getBytes(StandardCharsets.UTF_8));
    return withHash(record, HexFormat.of().formatHex(hash));
  }

  private static String withHash(String record, String hash) {
    return record.substring(0, record.length() - AuditRecord.HASH_SUFFIX)
        + ",\"hash\":\""
        + hash
        + "\"}";
  }
}
