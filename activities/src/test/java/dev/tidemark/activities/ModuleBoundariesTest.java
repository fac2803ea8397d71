package dev.tidemark.activities;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What activities may know. */
@AnalyzeClasses(
    packages = "dev.tidemark.activities",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleBoundariesTest {

  @ArchTest
  static final ArchRule knowNoImplementationOfAWorkflow =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("dev\\.tidemark\\.workflows\\..*WorkflowImpl")
          .because("activities are called by workflows; ask the workflow's interface instead");

  @ArchTest
  static final ArchRule knowNothingAboveThem =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.tidemark.worker..", "dev.tidemark.api..", "dev.tidemark.cli..")
          .because("dependencies point one way; let the worker pass in what is needed");

  private ModuleBoundariesTest() {}
}
