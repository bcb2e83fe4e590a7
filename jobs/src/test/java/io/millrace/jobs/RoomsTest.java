package io.millrace.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrows between the rooms point one way, as the package's documentation orders them. */
class RoomsTest {
  private static final String ROOT = "io.millrace.jobs.";
  private static final String ENGINE = ROOT + "engine.dl4j..";
  // The class that Deeplearning4j looks for under ND4J's own name.
  private static final String SHIM = "org.nd4j.nativeblas";
  private static final List<String> ORDER =
      List.of(
          "natives",
          "spark",
          "files",
          "submit",
          "random",
          "synthesize",
          "fetch",
          "container",
          "image",
          "shard",
          "source",
          "card",
          "ingest",
          "stats",
          "augment",
          "materialise",
          "schedule",
          "architecture",
          "order",
          "cache",
          "feed",
          "optimiser",
          "engine",
          "model",
          "evaluate",
          "predict",
          "averaging",
          "curves",
          "train",
          "doctor",
          "export",
          "look",
          "init",
          "cli");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(new ImportOption.DoNotIncludeJars())
          .importPackages("io.millrace.jobs", SHIM);

  static List<String> rooms() {
    return ORDER.subList(0, ORDER.size() - 1);
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void knowsNoLaterRoom(String room) {
    String[] later =
        ORDER.subList(ORDER.indexOf(room) + 1, ORDER.size()).stream()
            .map(it -> ROOT + it + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(later)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyTheEngineKnowsDeeplearning4j() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ENGINE, SHIM)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..")
        .check(CLASSES);
  }

  @Test
  void onlyTheEngineAndTheDecodersKnowNativeLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ENGINE, SHIM, ROOT + "image..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void theEnginesInsideIsNobodysBusiness() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ENGINE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ENGINE)
        .check(CLASSES);
  }

  @Test
  void onlyNativesAsksTheSystemsOwnLibraries() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "natives..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(CLASSES);
  }

  /** Between processes Spark does so; a file can come from anywhere. */
  @Test
  void nothingIsReadByJavasDeserialisation() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .check(CLASSES);
  }
}
