package io.inferwarden.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.Processor;

/** Who may know whom, over all modules. That each rule can fail is shown by {@link PlantedTest}. */
@AnalyzeClasses(
    packages = "io.inferwarden",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.DoNotIncludeTestJars.class
    })
class ArchitectureTest {

  /** The test kits of other modules come as jars of their own. */
  static final class DoNotIncludeTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule detectorsKnowOnlyTheJdkAndCommonsMath = detectorsLeaf("io.inferwarden");

  static ArchRule detectorsLeaf(String base) {
    DescribedPredicate<JavaClass> world =
        resideInAnyPackage("java.net..", "java.io..", "java.nio.file..", "java.util.concurrent..")
            .or(type(Thread.class))
            .or(type(Clock.class));
    return classes()
        .that()
        .resideInAPackage(base + ".detectors..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    base + ".detectors..", "java..", "org.apache.commons.math3..", "org.jspecify..")
                .and(not(world)))
        .because("statistics know no file, network, thread or clock");
  }

  @ArchTest
  static final ArchRule ingestKnowsNoOtherModule =
      knowsNone("io.inferwarden", "ingest", "detectors", "alerting", "app");

  @ArchTest
  static final ArchRule alertingKnowsNoOtherModule =
      knowsNone("io.inferwarden", "alerting", "detectors", "ingest", "app");

  @ArchTest
  static final ArchRule detectorsKnowNoOtherModule =
      knowsNone("io.inferwarden", "detectors", "ingest", "alerting", "app");

  static ArchRule knowsNone(String base, String module, String... others) {
    String[] packages = new String[others.length];
    for (int i = 0; i < others.length; i++) {
      packages[i] = base + "." + others[i] + "..";
    }
    return noClasses()
        .that()
        .resideInAPackage(base + "." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .because("only streams-app sees all modules");
  }

  @ArchTest
  static final ArchRule packagesOfIngestAreFreeOfCycles = noCycles("io.inferwarden.ingest");

  @ArchTest
  static final ArchRule packagesOfDetectorsAreFreeOfCycles = noCycles("io.inferwarden.detectors");

  @ArchTest
  static final ArchRule packagesOfAlertingAreFreeOfCycles = noCycles("io.inferwarden.alerting");

  @ArchTest
  static final ArchRule packagesOfTheApplicationAreFreeOfCycles = noCycles("io.inferwarden.app");

  static ArchRule noCycles(String base) {
    return slices().matching(base + ".(*)..").should().beFreeOfCycles();
  }

  private static final String APP = "io.inferwarden.app";

  @ArchTest static final ArchRule theStateKnowsNoOtherRoom = roomKnowsOnly(APP, "state");

  @ArchTest static final ArchRule messagesKnowNoOtherRoom = roomKnowsOnly(APP, "message");

  @ArchTest static final ArchRule theBrokerKnowsNoOtherRoom = roomKnowsOnly(APP, "embedded");

  @ArchTest
  static final ArchRule policiesKnowOnlyTheirStore = roomKnowsOnly(APP, "policy", "state");

  /** What a room of the application may know beside itself, the other modules and libraries. */
  static ArchRule roomKnowsOnly(String app, String room, String... known) {
    DescribedPredicate<JavaClass> allowed = resideInAPackage(app + "." + room + "..");
    for (String other : known) {
      allowed = allowed.or(resideInAPackage(app + "." + other + ".."));
    }
    return noClasses()
        .that()
        .resideInAPackage(app + "." + room + "..")
        .should()
        .dependOnClassesThat(resideInAPackage(app + "..").and(not(allowed)));
  }

  @ArchTest
  static final ArchRule nobodyButTheEntryKnowsTheCommands =
      noClasses()
          .that()
          .resideOutsideOfPackages(APP, APP + ".command..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(APP + ".command..");

  @ArchTest static final ArchRule lifecycleIsInOnePlace = lifecycle("io.inferwarden.app");

  static ArchRule lifecycle(String app) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(app + ".cluster")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(KafkaStreams.class)
        .because("KafkaStreams is started and stopped in one package only");
  }

  @ArchTest
  static final ArchRule engineSettingsAreInOnePlace = engineSettings("io.inferwarden.app");

  static ArchRule engineSettings(String app) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(app + ".cluster")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(StreamsConfig.class)
        .because("Kafka Streams is configured in one package only");
  }

  @ArchTest static final ArchRule processorsLiveInTheirPackage = processorsAt("io.inferwarden.app");

  static ArchRule processorsAt(String app) {
    return classes()
        .that(implementTheProcessorApi())
        .should()
        .resideInAPackage(app + ".processor..");
  }

  @ArchTest static final ArchRule processorsAreFinalAndUnknownOutside = processorsClosed();

  static ArchRule processorsClosed() {
    return classes()
        .that(implementTheProcessorApi())
        .should()
        .haveModifier(JavaModifier.FINAL)
        .andShould()
        .notBePublic();
  }

  private static DescribedPredicate<JavaClass> implementTheProcessorApi() {
    return DescribedPredicate.describe(
        "implement the Processor API",
        found ->
            !found.isInterface()
                && (found.isAssignableTo(Processor.class)
                    || found.isAssignableTo(FixedKeyProcessor.class)));
  }

  /**
   * Event time is the event's own. The wall clock is read only where the world outside is met: to
   * pace a replay, to count dying threads, and at the command line.
   */
  @ArchTest
  static final ArchRule nobodyReadsTheClock =
      readsNoClock(
          resideInAPackage("io.inferwarden.app.command..")
              .or(named("io.inferwarden.app.cluster.EventProducer"))
              .or(named("io.inferwarden.app.cluster.DetectionStreams"))
              .or(named("io.inferwarden.app.cluster.GroupProgress")));

  static ArchRule readsNoClock(DescribedPredicate<JavaClass> allowed) {
    return noClasses()
        .that(not(allowed))
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone");
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe("are " + name, found -> found.getName().equals(name));
  }

  @ArchTest static final ArchRule chanceHasASeed = noUnseededChance();

  static ArchRule noUnseededChance() {
    return noClasses()
        .should()
        .callMethod(Math.class, "random")
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callConstructor(SplittableRandom.class)
        .orShould()
        .callMethod(ThreadLocalRandom.class, "current");
  }

  @ArchTest static final ArchRule onlyTheAppSpeaksToTheTerminal = noConsole();

  static ArchRule noConsole() {
    return noClasses()
        .that()
        .haveSimpleNameNotEndingWith("App")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .orShould()
        .callMethod(Throwable.class, "printStackTrace");
  }

  @ArchTest static final ArchRule noMutableGlobals = staticFieldsAreFinal();

  static ArchRule staticFieldsAreFinal() {
    return fields().that().areStatic().and().areNotPrivate().should().beFinal();
  }

  @ArchTest static final ArchRule namesSayWhatIsSpecial = noBannedSuffix();

  static ArchRule noBannedSuffix() {
    return noClasses()
        .should()
        .haveNameMatching(".*(Manager|Helper|Util|Utils|Common|Data|Info|Impl|Test)");
  }

  @ArchTest static final ArchRule noTestOrMagicLibraries = noBannedLibraries();

  static ArchRule noBannedLibraries() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.mockito..", "org.junit..", "junit..", "lombok..", "org.assertj..");
  }

  /** The tests themselves: no mocks, no JUnit 4, and names that the build finds. */
  @ArchTest
  static void testsAreFoundByTheBuildAndUseNoMocks(JavaClasses production) {
    JavaClasses tests =
        new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("io.inferwarden.app")
            .that(not(resideInAPackage("io.inferwarden.app.planted..")));

    noMocks().check(tests);
    testsAreFound().check(tests);
  }

  static ArchRule noMocks() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.mockito..", "lombok..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.junit.Test");
  }

  static ArchRule testsAreFound() {
    return classes()
        .that(
            DescribedPredicate.describe(
                "have a test",
                found ->
                    found.getMethods().stream()
                        .anyMatch(method -> method.isAnnotatedWith("org.junit.jupiter.api.Test"))))
        .should()
        .haveNameMatching(".*(Test|Laws|IT)")
        .orShould()
        .beMemberClasses();
  }
}
