package io.inferwarden.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/**
 * Each rule of {@link ArchitectureTest} fails on a violation that was planted for it: a rule that
 * nobody has seen fail proves nothing.
 */
class PlantedTest {
  private static final String BASE = "io.inferwarden.app.planted";
  private static final JavaClasses PLANTED = new ClassFileImporter().importPackages(BASE);

  private static void assertCatches(ArchRule rule, String... offenders) {
    assertThat(rule.evaluate(PLANTED).getFailureReport().getDetails())
        .as(rule.getDescription())
        .isNotEmpty()
        .allSatisfy(detail -> assertThat(detail).contains(offenders));
  }

  private static void assertCatchesEach(ArchRule rule, String... offences) {
    String details = String.join("\n", rule.evaluate(PLANTED).getFailureReport().getDetails());
    assertThat(details).as(rule.getDescription()).contains(offences);
  }

  @Test
  void aDetectorThatReadsAFileOrStartsAThreadIsCaught() {
    assertCatchesEach(
        ArchitectureTest.detectorsLeaf(BASE),
        "WorldlyDetector",
        "java.nio.file.Files",
        "java.lang.Thread",
        "java.util.concurrent.Executors",
        "org.apache.kafka.streams.Topology");
  }

  @Test
  void aModuleThatKnowsAnotherIsCaught() {
    assertCatches(ArchitectureTest.knowsNone(BASE, "ingest", "detectors", "alerting"), "NosyEvent");
    assertCatches(
        ArchitectureTest.knowsNone(BASE, "alerting", "detectors", "ingest"), "NosyIncident");
    assertCatches(
        ArchitectureTest.knowsNone(BASE, "detectors", "ingest", "alerting"), "WorldlyDetector");
  }

  @Test
  void aCycleOfPackagesIsCaught() {
    assertCatches(ArchitectureTest.noCycles(BASE + ".circle"), "Slice one", "Slice other");
  }

  @Test
  void aRoomThatKnowsMoreThanItMayIsCaught() {
    assertCatches(ArchitectureTest.roomKnowsOnly(BASE, "ingest"), "NosyEvent");
    assertCatches(ArchitectureTest.roomKnowsOnly(BASE, "alerting", "ingest"), "NosyIncident");
  }

  @Test
  void aSecondPlaceThatStartsStreamsIsCaught() {
    assertCatches(ArchitectureTest.lifecycle(BASE), "StartsStreams");
    assertCatches(ArchitectureTest.engineSettings(BASE), "StartsStreams");
  }

  @Test
  void aProcessorInAnotherPackageIsCaught() {
    assertCatches(ArchitectureTest.processorsAt(BASE), "StrayProcessor");
  }

  @Test
  void anOpenProcessorIsCaught() {
    assertCatchesEach(
        ArchitectureTest.processorsClosed(),
        "OpenProcessor> does not have modifier FINAL",
        "OpenProcessor> has modifier PUBLIC");
  }

  @Test
  void readingTheClockIsCaught() {
    assertCatchesEach(
        ArchitectureTest.readsNoClock(DescribedPredicate.alwaysFalse()),
        "System.currentTimeMillis()",
        "System.nanoTime()",
        "Instant.now()",
        "Clock.systemUTC()");
  }

  @Test
  void chanceWithoutASeedIsCaught() {
    assertCatchesEach(
        ArchitectureTest.noUnseededChance(),
        "Math.random()",
        "java.util.Random.<init>()",
        "java.util.SplittableRandom.<init>()",
        "ThreadLocalRandom.current()");
  }

  @Test
  void speakingToTheTerminalIsCaught() {
    assertCatchesEach(ArchitectureTest.noConsole(), "System.out", "System.err", "System.exit(int)");
  }

  @Test
  void aMutableGlobalIsCaught() {
    assertCatches(ArchitectureTest.staticFieldsAreFinal(), "Worldly.global");
  }

  @Test
  void aNameThatSaysNothingIsCaught() {
    assertCatches(ArchitectureTest.noBannedSuffix(), "ThingManager");
  }

  @Test
  void aTestLibraryInProductionIsCaught() {
    assertCatchesEach(ArchitectureTest.noBannedLibraries(), "Worldly", "org.assertj");
  }

  @Test
  void aTestThatTheBuildWouldNotFindIsCaught() {
    assertCatches(ArchitectureTest.testsAreFound(), "Unfound");
  }
}
