package dev.tidemark.workflows;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What a workflow runs, as opposed to how processes reach Temporal. */
@AnalyzeClasses(
    packages = {
      "dev.tidemark.workflows.batch",
      "dev.tidemark.workflows.table",
      "dev.tidemark.workflows.retention",
      "dev.tidemark.workflows.schedule",
      "dev.tidemark.workflows.notification",
      "dev.tidemark.workflows.verification",
      "dev.tidemark.workflows.plan"
    },
    importOptions = ImportOption.DoNotIncludeTests.class)
class DeterminismTest {

  @ArchTest
  static final ArchRule knowsNothingButTemporal =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.tidemark.workflows",
              "dev.tidemark.workflows.batch..",
              "dev.tidemark.workflows.table..",
              "dev.tidemark.workflows.retention..",
              "dev.tidemark.workflows.schedule..",
              "dev.tidemark.workflows.notification..",
              "dev.tidemark.workflows.verification..",
              "dev.tidemark.workflows.plan..",
              "io.temporal..",
              "java.lang..",
              "java.time..",
              "java.util..",
              "org.jspecify.annotations..",
              "org.slf4j..")
          .because(
              "what happens, and in which order, must not depend on how it is done; declare an"
                  + " activity here and implement it in activities");

  @ArchTest
  static final ArchRule readsNoClock =
      noClasses()
          .should()
          .accessTargetWhere(
              describe(
                  "reads the clock",
                  (JavaAccess<?> access) ->
                      (access.getTargetOwner().getPackageName().equals("java.time")
                              && access.getName().equals("now"))
                          || (access.getTargetOwner().isEquivalentTo(System.class)
                              && (access.getName().equals("currentTimeMillis")
                                  || access.getName().equals("nanoTime")))
                          || access.getTargetOwner().isAssignableTo(java.time.Clock.class)))
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(java.util.Date.class, java.util.Calendar.class)
          .because("a replay must see the time of the first run; use Workflow.currentTimeMillis()");

  @ArchTest
  static final ArchRule startsNoThread =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.concurrent..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Thread.class, ThreadLocal.class, java.util.Timer.class)
          .because(
              "threads run in an order that no history records; use Async, Promise and"
                  + " Workflow.await");

  @ArchTest
  static final ArchRule throwsNoDice =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .because(
              "a replay must draw what the first run drew; use Workflow.newRandom() and"
                  + " Workflow.randomUUID()");

  @ArchTest
  static final ArchRule doesNoInputOrOutput =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..")
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class)
          .because("a workflow touches nothing outside itself; let an activity do it");
}
