package io.inferwarden.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.ingest.audit.AuditFinding;
import io.inferwarden.ingest.audit.ChainReport;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what a verification found; of very many findings the first, and how many there are. */
final class AuditOutcome {
  private static final int MOST_FINDINGS = 1_000;

  private final PrintWriter out;
  private final boolean json;
  private final List<AuditFinding> findings = new ArrayList<>();
  private long count;

  AuditOutcome(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  void add(AuditFinding finding) {
    count++;
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }

  boolean isSound() {
    return count == 0;
  }

  void print(long records, List<ChainReport> chains) {
    if (json) {
      out.println(document(records, chains).toPrettyString());
      return;
    }
    chains.forEach(chain -> out.println(line(chain)));
    findings.forEach(finding -> out.println(line(finding)));
    if (count > findings.size()) {
      out.printf(Locale.ROOT, "%,d findings more.%n", count - findings.size());
    }
    out.printf(
        Locale.ROOT,
        "%,d records in %,d chains: %s%n",
        records,
        chains.size(),
        isSound() ? "nothing is wrong." : String.format(Locale.ROOT, "%,d findings.", count));
  }

  private static String line(ChainReport chain) {
    StringBuilder line = new StringBuilder();
    line.append("partition ").append(chain.head().partition());
    line.append("  ").append(Terminal.line(chain.head().chain()));
    line.append("  seq ").append(chain.firstSequence());
    line.append(" to ").append(chain.head().sequence());
    if (chain.provenSequence() < 0) {
      line.append(": nothing is proven");
    } else {
      line.append(": proven until seq ").append(chain.provenSequence());
      line.append(", signed ").append(Instant.ofEpochMilli(chain.provenMillis()));
    }
    if (chain.unproven() > 0) {
      line.append("; the last ").append(chain.unproven()).append(" are only consistent");
    }
    return line.append(chain.isClosed() ? "; ended by its writer" : "").toString();
  }

  private static String line(AuditFinding finding) {
    StringBuilder line = new StringBuilder();
    line.append(finding.kind()).append("  partition ").append(finding.partition());
    if (finding.offset() >= 0) {
      line.append(" offset ").append(finding.offset());
    }
    if (!finding.eventId().isEmpty()) {
      line.append("  event ").append(finding.eventId());
    }
    if (!finding.chain().isEmpty()) {
      line.append("  ").append(finding.chain()).append(" seq ").append(finding.sequence());
    }
    return Terminal.line(line.append("  ").append(finding.detail()).toString());
  }

  private ObjectNode document(long records, List<ChainReport> chains) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("records", records);
    document.put("sound", isSound());
    document.put("findingCount", count);
    ArrayNode found = document.putArray("findings");
    for (AuditFinding finding : findings) {
      ObjectNode node = found.addObject();
      node.put("kind", finding.kind().name());
      node.put("partition", finding.partition());
      node.put("offset", finding.offset());
      node.put("chain", Terminal.line(finding.chain()));
      node.put("seq", finding.sequence());
      node.put("id", Terminal.line(finding.eventId()));
      node.put("detail", Terminal.line(finding.detail()));
    }
    ArrayNode seen = document.putArray("chains");
    chains.forEach(chain -> put(seen.addObject(), chain));
    return document;
  }

  private static void put(ObjectNode node, ChainReport chain) {
    node.put("partition", chain.head().partition());
    node.put("chain", Terminal.line(chain.head().chain()));
    node.put("writer", Terminal.line(chain.writer()));
    node.put("firstSeq", chain.firstSequence());
    node.put("lastSeq", chain.head().sequence());
    node.put("provenSeq", chain.provenSequence());
    node.put("provenAt", chain.provenMillis());
    node.put("unproven", chain.unproven());
    node.put("key", Terminal.line(chain.keyId()));
    node.put("ended", chain.isClosed());
  }
}
