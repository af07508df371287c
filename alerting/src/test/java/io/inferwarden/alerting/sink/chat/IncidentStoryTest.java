package io.inferwarden.alerting.sink.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.IncidentVerdict;
import java.net.URI;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentStoryTest {
  @ParameterizedTest
  @CsvSource({
    "OPENED, OPEN, ''",
    "UPDATED, OPEN, 'Update: '",
    "ESCALATED, OPEN, 'Escalated: '",
    "ACKNOWLEDGED, ACKNOWLEDGED, 'Acknowledged: '",
    "JUDGED, OPEN, 'Judged: '",
    "BLINDED, BLIND, 'Blind: '",
    "RESOLVED, RESOLVED, 'Resolved: '",
    "REOPENED, OPEN, 'Reopened: '"
  })
  void saysWhatTheRevisionTells(IncidentChange change, IncidentState state, String prefix) {
    Incident incident = ChatExamples.drift().next(state, Handling.OPENED.told(change));

    assertThat(story(incident).headline())
        .isEqualTo("[high] " + prefix + "Input drift, model fraud-scorer");
  }

  @Test
  void marksATestAndAReminder() {
    Incident test = Examples.opened(Examples.drift(IncidentKind.TEST, "7", Examples.AT, 2.8));

    IncidentStory reminder = IncidentStory.of(ChatExamples.reminder(ChatExamples.drift()), null);

    assertThat(story(test).headline()).startsWith("[info] Test: Test alert, ");
    assertThat(reminder.headline()).startsWith("[high] Reminder: Input drift, ");
  }

  @Test
  void saysWhoLooksAfterItAndWhatItWasFoundToBe() {
    Incident acknowledged = ChatExamples.acknowledged("ann\n", "on it");
    Incident judged = ChatExamples.judged(IncidentVerdict.BENIGN_CHANGE, "bob", "");

    assertThat(story(acknowledged).facts())
        .contains(new Fact(Fact.STATE, "acknowledged by ann\\u{a}: on it"));
    assertThat(story(judged).facts())
        .contains(new Fact(Fact.VERDICT, "a change that was meant to happen, says bob"));
    assertThat(story(ChatExamples.resolved()).facts())
        .contains(new Fact(Fact.STATE, "resolved at 2026-03-02 15:02 UTC"));
  }

  @Test
  void namesTheTechniqueAndTheMembersOfACampaign() {
    Incident campaign =
        Examples.opened(
            Examples.campaign(IncidentKind.DISTILLATION, Examples.AT, 3, "k1", "https://k2"));

    assertThat(story(campaign).facts())
        .contains(
            new Fact(Fact.WHO, "campaign of 2 accounts on fraud-scorer"),
            new Fact(Fact.MEMBERS, "2 accounts, with how sure: k1 (97 %), https[:]//k2 (97 %)"),
            new Fact(Fact.TECHNIQUE, "AML.T0024.002 Extract AI Model"));
  }

  @Test
  void countsTheWeakerReasons() {
    Incident incident =
        Examples.incident(
            "principal:k9",
            1,
            IncidentState.OPEN,
            Collections.nCopies(6, Evidence.ofPrincipal("gap", .1, "a short gap", .1, .2)));

    assertThat(story(incident).reasons()).hasSize(6).endsWith("and 1 weaker reason");
  }

  @Test
  void refusesAConsoleThatCannotBeLinked() {
    assertThatThrownBy(() -> IncidentLink.checkedBase(URI.create("javascript:alert(1)")))
        .hasMessageContaining("linkBase must be an http or https address");
    assertThatThrownBy(() -> IncidentLink.checkedBase(URI.create("https://a.example/?q=1")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(IncidentLink.checkedBase(null)).isNull();
  }

  private static IncidentStory story(Incident incident) {
    return IncidentStory.of(Examples.notification(incident), null);
  }
}
