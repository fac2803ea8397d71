package dev.tidemark.connect;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What connect may know. */
@AnalyzeClasses(
    packages = "dev.tidemark.connect",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleBoundariesTest {

  @ArchTest
  static final ArchRule knowsNoTemporal =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.temporal..", "dev.tidemark.workflows..", "dev.tidemark.activities..")
          .because(
              "connect is about databases; put what needs Temporal into activities, and let it pass"
                  + " an interface such as OwnerLookup");

  @ArchTest
  static final ArchRule tablesKnowNoCheckpoints =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..connect.type..",
              "..connect.table..",
              "..connect.statement..",
              "..connect.mysql..",
              "..connect.postgresql..",
              "..connect.dialect..",
              "..connect.copy..",
              "..connect.target..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..connect.checkpoint..")
          .because("reading and writing rows does not need to know who may commit them");

  @ArchTest
  static final ArchRule packagesOfTablesStandOnEachOther =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("type")
          .definedBy("..connect.type..")
          .layer("table")
          .definedBy("..connect.table..")
          .layer("statement")
          .definedBy("..connect.statement..")
          .layer("mysql")
          .definedBy("..connect.mysql..")
          .layer("postgresql")
          .definedBy("..connect.postgresql..")
          .layer("dialect")
          .definedBy("..connect.dialect..")
          .layer("copy")
          .definedBy("..connect.copy..")
          .layer("target")
          .definedBy("..connect.target..")
          .whereLayer("type")
          .mayNotAccessAnyLayer()
          .whereLayer("table")
          .mayOnlyAccessLayers("type")
          .whereLayer("statement")
          .mayOnlyAccessLayers("type", "table")
          .whereLayer("mysql")
          .mayOnlyAccessLayers("type", "table", "statement")
          .whereLayer("postgresql")
          .mayOnlyAccessLayers("type", "table", "statement")
          .whereLayer("dialect")
          .mayOnlyAccessLayers("table", "mysql", "postgresql")
          .whereLayer("copy")
          .mayOnlyAccessLayers("type", "table")
          .whereLayer("target")
          .mayOnlyAccessLayers("type", "table")
          .because(
              "a database is asked through the interface Dialect; put what one server does into its"
                  + " own package, and what both need into statement");

  @ArchTest
  static final ArchRule onlyDialectsKnowsMysqlAndPostgresql =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "..connect.mysql..", "..connect.postgresql..", "..connect.dialect..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..connect.mysql..", "..connect.postgresql..")
          .because("everybody else takes a Dialect, which Dialects has for each type of database");

  @ArchTest
  static final ArchRule packagesOfTablesHaveNoCycles =
      slices()
          .matching(
              "dev.tidemark.connect."
                  + "(type|table|statement|mysql|postgresql|dialect|copy|target|connection)..")
          .should()
          .beFreeOfCycles();

  private ModuleBoundariesTest() {}
}
