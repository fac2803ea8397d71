package dev.tidemark.connect;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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
          .resideInAPackage("..connect.table..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..connect.checkpoint..")
          .because("reading and writing rows does not need to know who may commit them");

  private ModuleBoundariesTest() {}
}
