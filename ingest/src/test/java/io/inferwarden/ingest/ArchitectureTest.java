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
  static final ArchRule USES_THE_STREAMING_PARSER_ONLY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson.databind..", "org.apache.kafka.streams..");

  @ArchTest
  static final ArchRule EVENTS_DO_NOT_KNOW_THEIR_SOURCES =
      noClasses()
          .that()
          .resideInAPackage("io.inferwarden.ingest")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.inferwarden.ingest.source..");

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
