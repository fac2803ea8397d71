package dev.tidemark.specs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What lies between the configuration and workflows may know nothing else. */
@AnalyzeClasses(
    packages = "dev.tidemark.specs",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleBoundariesTest {

  @ArchTest
  static final ArchRule knowsNothingAboveIt =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.tidemark.activities..",
              "dev.tidemark.worker..",
              "dev.tidemark.api..",
              "dev.tidemark.cli..")
          .because("API and workers share it; neither may pull the other in");

  @ArchTest
  static final ArchRule knowsNoImplementationAndNoDatabase =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("dev\\.tidemark\\.workflows\\..*WorkflowImpl")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.tidemark.connect.type..",
              "dev.tidemark.connect.table..",
              "dev.tidemark.connect.statement..",
              "dev.tidemark.connect.mysql..",
              "dev.tidemark.connect.postgresql..",
              "dev.tidemark.connect.dialect..",
              "dev.tidemark.connect.copy..",
              "dev.tidemark.connect.target..",
              "dev.tidemark.connect.checkpoint..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("dev\\.tidemark\\.connect\\.control\\.(?!Archived(Batch|Table)$).*")
          .because(
              "it says what is to be done; activities do it. The rows of the archive are data, which"
                  + " API and workers read in the same way");

  private ModuleBoundariesTest() {}
}
