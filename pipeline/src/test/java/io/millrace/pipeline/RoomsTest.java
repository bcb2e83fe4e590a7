package io.millrace.pipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;

/** The rooms and their arrows, as the package descriptions promise them. */
@AnalyzeClasses(packages = "io.millrace.pipeline", importOptions = DoNotIncludeTests.class)
class RoomsTest {
  @ArchTest
  static final ArchRule KNOWS_NO_SPARK_NO_NETWORK_LIBRARY_AND_NO_JOB =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..",
              "org.nd4j..",
              "org.deeplearning4j..",
              "org.bytedeco..",
              "io.millrace.jobs..");

  @ArchTest
  static final ArchRule NOTHING_IS_READ_BY_JAVAS_DESERIALISATION =
      noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);

  @ArchTest
  static final ArchRule ROOMS_FORM_NO_CIRCLE =
      slices().matching("io.millrace.pipeline.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ARROWS_POINT_DOWN =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("text")
          .definedBy("io.millrace.pipeline.text..")
          .layer("card")
          .definedBy("io.millrace.pipeline.card..")
          .layer("job")
          .definedBy("io.millrace.pipeline.job..")
          .layer("spec")
          .definedBy("io.millrace.pipeline.spec..")
          .layer("store")
          .definedBy("io.millrace.pipeline.store..")
          .layer("plan")
          .definedBy("io.millrace.pipeline.plan..")
          .layer("history")
          .definedBy("io.millrace.pipeline.history..")
          .layer("diagram")
          .definedBy("io.millrace.pipeline.diagram..")
          .layer("clean")
          .definedBy("io.millrace.pipeline.clean..")
          .layer("report")
          .definedBy("io.millrace.pipeline.report..")
          .layer("run")
          .definedBy("io.millrace.pipeline.run..")
          .whereLayer("run")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("clean")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("diagram")
          .mayOnlyBeAccessedByLayers("report")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("run")
          .whereLayer("history")
          .mayOnlyBeAccessedByLayers("diagram", "clean", "report", "run")
          .whereLayer("plan")
          .mayOnlyBeAccessedByLayers("history", "diagram", "clean", "report", "run")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("plan", "history", "diagram", "clean", "report", "run")
          .whereLayer("spec")
          .mayOnlyBeAccessedByLayers(
              "store", "plan", "history", "diagram", "clean", "report", "run")
          .whereLayer("job")
          .mayOnlyBeAccessedByLayers(
              "spec", "store", "plan", "history", "diagram", "clean", "report", "run")
          .whereLayer("text")
          .mayOnlyBeAccessedByLayers(
              "card", "job", "spec", "store", "plan", "history", "diagram", "clean", "report",
              "run")
          .whereLayer("card")
          .mayOnlyBeAccessedByLayers(
              "job", "spec", "store", "plan", "history", "diagram", "clean", "report", "run");
}
