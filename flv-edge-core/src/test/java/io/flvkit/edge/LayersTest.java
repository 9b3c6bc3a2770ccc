package io.flvkit.edge;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static final JavaClasses EDGE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.flvkit.edge");

  @Test
  void calls_go_from_the_edge_over_adapters_and_routing_to_services_and_origins() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("io.flvkit.edge..")
        .layer("edge")
        .definedBy("io.flvkit.edge")
        .layer("netty")
        .definedBy("..edge.netty..")
        .layer("routing")
        .definedBy("..edge.routing..", "..edge.admin..")
        .layer("live")
        .definedBy("..edge.live..")
        .layer("vod")
        .definedBy("..edge.vod..")
        .layer("origin")
        .definedBy("..edge.origin..")
        .whereLayer("netty")
        .mayOnlyBeAccessedByLayers("edge")
        .whereLayer("routing")
        .mayOnlyBeAccessedByLayers("edge")
        .whereLayer("live")
        .mayOnlyBeAccessedByLayers("routing", "edge")
        .whereLayer("vod")
        .mayOnlyBeAccessedByLayers("routing", "edge")
        .whereLayer("origin")
        .mayOnlyBeAccessedByLayers("live", "vod", "netty", "routing", "edge")
        .check(EDGE);
  }

  @Test
  void netty_is_used_by_the_netty_package_only() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage("..edge.netty..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(EDGE);
  }

  @Test
  void what_is_called_by_all_calls_nobody() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage("..edge.metrics..", "..edge.log..", "..edge.access..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..edge.live..", "..edge.vod..", "..edge.routing..", "..edge.netty..", "..edge.http..")
        .check(EDGE);
  }

  @Test
  void packages_below_the_edge_have_no_cycles() {
    slices().matching("io.flvkit.edge.(*)..").should().beFreeOfCycles().check(EDGE);
  }
}
