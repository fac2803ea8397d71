package dev.tidemark.api.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class EndpointsTest {

  @Test
  void theTableNamesEveryMappedEndpoint() {
    Set<String> listed =
        Endpoints.ALL.stream()
            .map(endpoint -> endpoint.method() + " " + endpoint.pattern())
            .filter(endpoint -> endpoint.contains(" /api/"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(mapped()).isEqualTo(listed);
  }

  private static Set<String> mapped() {
    Mapping mapping = new Mapping();
    mapping.setApplicationContext(new StaticWebApplicationContext());
    mapping.afterPropertiesSet();
    Set<String> mapped = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tidemark.api")) {
      if (type.isAnnotatedWith(RestController.class)) {
        Class<?> controller = type.reflect();
        for (Method method : controller.getDeclaredMethods()) {
          mapping.add(method, controller, mapped);
        }
      }
    }
    // Where the servlet container sends what no controller took.
    mapped.remove("any /error");
    return mapped;
  }

  private static final class Mapping extends RequestMappingHandlerMapping {

    void add(Method method, Class<?> controller, Set<String> endpoints) {
      RequestMappingInfo info = getMappingForMethod(method, controller);
      if (info == null) {
        return;
      }
      for (String pattern : info.getPatternValues()) {
        if (info.getMethodsCondition().getMethods().isEmpty()) {
          endpoints.add("any " + pattern);
        }
        info.getMethodsCondition()
            .getMethods()
            .forEach(verb -> endpoints.add(verb + " " + pattern));
      }
    }
  }
}
