package io.inferwarden.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.ingest.EventBinaryCodec;
import io.inferwarden.ingest.EventJsonWriter;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.audit.AuditEntry;
import io.inferwarden.ingest.collector.AdmittedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plants a marked string wherever a name or a text may stand, and looks for it behind the door. */
class PlantedNamesTest {
  private static final String MARKER = "Zq7Planted9X";
  private static final long ARRIVED = TestKeys.CHANGE.toEpochMilli();
  private static final Client CLIENT = Client.local();

  private final DoorSettings settings = DoorSettings.of(TestKeys.ring());
  private final PrivacyDoor door = new PrivacyDoor(settings, new Random(11));
  private final InferenceEvent event = new InferenceEvent();

  @Test
  void nothingBehindTheDoorHoldsWhatWasPlanted() {
    byte[] json = planted("");

    assertThat(door.admit(json, 0, json.length, CLIENT, ARRIVED, event)).isNull();
    byte[] written = new EventJsonWriter().write(event);
    AuditEntry audit = door.auditEntry("http", ARRIVED);
    KeptText kept = door.keptText();

    assertThat(kept).isNull();
    assertThat(audit.nextPrincipal()).isNotNull();
    assertNotPlanted(new String(written, StandardCharsets.UTF_8));
    assertNotPlanted(new String(new EventBinaryCodec().encode(event), StandardCharsets.ISO_8859_1));
    assertNotPlanted(audit.toString());
    assertNotPlanted(new AdmittedEvent(event.principal(), written, audit, kept).toString());
    for (Object each : List.of(event, door, settings, settings.keys(), CLIENT)) {
      assertNotPlanted(each.toString());
    }
  }

  @Test
  void aKeptTextDoesNotShowItselfWhenItIsPrinted() {
    KeptText kept = new KeptText("1", ARRIVED, "m", "p_1", MARKER, MARKER);

    assertNotPlanted(kept.toString());
    assertNotPlanted(new AdmittedEvent("p_1", new byte[0], entry(), kept).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"latencyMs\":\"" + MARKER + "\"",
        "\"operation\":\"" + MARKER + "\"",
        "\"guard\":\"" + MARKER + "\"",
        "\"" + MARKER + "\":NaN",
        "\"output\":{\"scores\":\"" + MARKER + "\"}",
        "\"version\":[\"" + MARKER + "\"]",
        "\"status\":\"" + MARKER + " and so much more that it is too long, which is 64 units\"",
        "\"output\":{\"" + MARKER + "\":Infinity}",
        "\"latencyMs\":-1}" + MARKER,
        "\"broken\":" + MARKER
      })
  void whatARejectionLogsHoldsNothingThatWasPlanted(String fields) {
    byte[] json = planted(fields);

    RejectedEvent rejected = door.admit(json, 0, json.length, CLIENT, ARRIVED, event);

    assertThat(rejected).isNotNull();
    assertNotPlanted(rejected.toString());
    assertNotPlanted(new String(new EventJsonWriter().write(event), StandardCharsets.UTF_8));
  }

  private AuditEntry entry() {
    byte[] json = planted("");
    door.admit(json, 0, json.length, CLIENT, ARRIVED, event);
    return door.auditEntry("http", ARRIVED);
  }

  private static byte[] planted(String moreFields) {
    String json =
        "{\"id\":\"id of @\",\"time\":"
            + (ARRIVED - 1000)
            + ",\"model\":\"m\",\"principal\":\"@\",\"org\":\"@ Inc\",\"ip\":\"@.example\","
            + "\"network\":\"office @\",\"input\":{\"text\":\"I am @, hello\",\"fingerprint\":\"@\"},"
            + (moreFields.startsWith("\"output\"")
                ? moreFields
                : "\"output\":{\"text\":\"hello @\"}"
                    + (moreFields.isEmpty() ? "" : "," + moreFields))
            + "}";
    return json.replace("@", MARKER).getBytes(StandardCharsets.UTF_8);
  }

  /** In any case and in the encodings in which it might be found by who looks. */
  private static void assertNotPlanted(String text) {
    byte[] marker = MARKER.getBytes(StandardCharsets.UTF_8);
    List<String> forms = new ArrayList<>(List.of(MARKER, HexFormat.of().formatHex(marker)));
    forms.add(Base64.getEncoder().encodeToString(marker));
    forms.add(new StringBuilder(MARKER).reverse().toString());
    for (String form : forms) {
      assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain(form.toLowerCase(Locale.ROOT));
    }
  }
}
