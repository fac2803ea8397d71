package dev.tidemark.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tidemark.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule HOLDS_NO_SYNC_LOGIC =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.tidemark.activities..", "dev.tidemark.worker..")
          .because("the API starts, queries and steers; move what syncs into an activity");

  @ArchTest
  static final ArchRule KNOWS_NO_IMPLEMENTATION =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveSimpleNameEndingWith("WorkflowImpl")
          .because("the API talks to workflows by their interfaces, through Temporal");

  @ArchTest
  static final ArchRule COPIES_NO_ROWS =
      noClasses()
          .should()
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
          .because("only activities read and write the tables of others");
}
