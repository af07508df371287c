package io.inferwarden.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.inferwarden.ingest", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_NO_OTHER_MODULE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.inferwarden.detectors..", "io.inferwarden.alerting..", "io.inferwarden.app..");

  @ArchTest
  static final ArchRule EVENTS_ARE_READ_BY_THE_STREAMING_PARSER_ONLY =
      noClasses()
          .that()
          .resideInAnyPackage("io.inferwarden.ingest", "io.inferwarden.ingest.door")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson.databind..");

  @ArchTest
  static final ArchRule KNOWS_NO_STREAMS =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.kafka.streams..");

  @ArchTest
  static final ArchRule THE_DOOR_KNOWS_NEITHER_FORMATS_NOR_SERVERS =
      noClasses()
          .that()
          .resideInAnyPackage("io.inferwarden.ingest.door", "io.inferwarden.ingest.audit")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.inferwarden.ingest.source..", "io.inferwarden.ingest.collector..");

  @ArchTest
  static final ArchRule EVENTS_DO_NOT_KNOW_THEIR_SOURCES =
      noClasses()
          .that()
          .resideInAPackage("io.inferwarden.ingest")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.inferwarden.ingest.source..",
              "io.inferwarden.ingest.door..",
              "io.inferwarden.ingest.collector..",
              "io.inferwarden.ingest.audit..");

  @ArchTest
  static final ArchRule READS_NO_CLOCK_OF_ITS_OWN =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now");
}
