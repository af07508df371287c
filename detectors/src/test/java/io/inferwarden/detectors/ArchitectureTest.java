package io.inferwarden.detectors;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.SplittableRandom;

@AnalyzeClasses(
    packages = "io.inferwarden.detectors",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule knowsOnlyTheJdkAndCommonsMath =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "io.inferwarden.detectors..",
                      "java..",
                      "org.apache.commons.math3..",
                      "org.jspecify..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "java.net..",
                              "java.io..",
                              "java.nio.file..",
                              "java.util.concurrent..")))
                  .and(not(type(Thread.class)))
                  .and(not(type(Clock.class))));

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("io.inferwarden.detectors.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theSameEventsGiveTheSameVerdicts =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callConstructor(Random.class)
          .orShould()
          .callConstructor(SplittableRandom.class);
}
