package io.inferwarden.alerting;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.inferwarden.alerting",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule knowsNoOtherModuleAndNoStreams =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.inferwarden.detectors..",
              "io.inferwarden.ingest..",
              "io.inferwarden.app..",
              "org.apache.kafka.streams..");

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("io.inferwarden.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theContractKnowsNoDelivery =
      classes()
          .that()
          .resideInAPackage("io.inferwarden.alerting")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.inferwarden.alerting",
              "java..",
              "com.fasterxml.jackson..",
              "org.apache.kafka.common..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule readsNoClockOfItsOwn =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now");
}
