package io.inferwarden.ingest;

import static io.inferwarden.ingest.HostileLines.event;

import java.util.List;

/** Lines that look odd and are events all the same. */
final class HarmlessLines {
  /** Every field of the contract. */
  static final String COMPLETE =
      "{\"id\":\"01J\",\"time\":1772409646453,\"model\":\"fraud-scorer\",\"version\":\"7\","
          + "\"digest\":\"sha256:ab\",\"principal\":\"key-123\",\"org\":\"acme\","
          + "\"ip\":\"203.0.113.7\",\"network\":\"n_1\",\"guard\":\"warn\",\"operation\":\"classify\",\"status\":\"error\","
          + "\"latencyMs\":12.5,\"input\":{\"features\":{\"amount\":12.3,\"country\":\"DE\","
          + "\"vip\":true,\"age\":null},\"embedding\":[0.1,-2],\"text\":\"h\u00e9llo\",\"tokens\":312,"
          + "\"fingerprint\":\"9f\"},\"output\":{\"label\":\"fraud\",\"scores\":[0.07,0.93],"
          + "\"value\":3.2,\"text\":\"no\",\"tokens\":120,\"finishReason\":\"stop\"}}";

  private HarmlessLines() {}

  static List<String> all() {
    return List.of(
        COMPLETE,
        event(""),
        "  " + event("") + " \r",
        "\ufeff" + event(""),
        "{\"principal\":\"p\",\"model\":\"m\",\"time\":\"2026-03-02T00:00:46.453Z\"}",
        "{\"principal\":\"p\",\"model\":\"m\",\"time\":\"2026-03-02t05:30:46.4539999+05:30\"}",
        "{\"principal\":\"p\",\"model\":\"m\",\"time\":\"2016-12-31T23:59:60Z\"}",
        "{\"principal\":\"p\",\"model\":\""
            + "\ud83d\ude00".repeat(256)
            + "\",\"time\":1772409646453}",
        event("\"unknown\":{\"time\":1,\"deep\":[[[{\"a\":[]}]]]},\"other\":null,\"n\":1e999"),
        event("\"id\":null,\"version\":null,\"operation\":null,\"status\":null,\"latencyMs\":null"),
        event("\"id\":\"\",\"version\":\"\",\"org\":\"\",\"status\":\"\""),
        event("\"guard\":null,\"network\":\"\",\"ip\":null"),
        event("\"input\":null,\"output\":null"),
        event("\"input\":{},\"output\":{}"),
        event("\"input\":{\"features\":null,\"embedding\":null,\"text\":null,\"tokens\":null}"),
        event("\"input\":{\"features\":{},\"embedding\":[],\"prefixBlocks\":[0,1],\"tokens\":0}"),
        event("\"input\":{\"features\":{\"a\":-0.0,\"b\":\"\",\"c\":\"\\u0000\",\"\":1e-320}}"),
        event("\"input\":{\"text\":\"\",\"textLength\":12}"),
        event(
            "\"input\":{\"textMeasures\":{\"tactics\":[\"memory\",\"override\"],\"head\":\"9F\","
                + "\"tail\":\"\",\"line\":null}},"
                + "\"output\":{\"textMeasures\":{\"tactics\":null,\"head\":null,\"tail\":null}}"),
        event(
            "\"input\":{\"textMeasures\":{\"simHash\":\"9F\",\"template\":\"\",\"classes\":null,"
                + "\"patterns\":{\"email\":2,\"iban\":null,\"fax\":\"x\"},\"canaries\":null,"
                + "\"lexicon\":2}}"),
        event("\"output\":{\"scores\":{\"a\":0.5,\"b\":-7e22},\"label\":\"\\ud800\"}"),
        event("\"output\":{\"scores\":null,\"value\":null,\"label\":null,\"finishReason\":null}"),
        event("\"latencyMs\":0,\"output\":{\"tokens\":2147483647,\"extra\":{\"label\":1}}"));
  }
}
