package dev.tidemark.api.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class EndpointsTest {

  @Test
  void theTableNamesEveryMappedEndpoint() throws ClassNotFoundException {
    Set<String> listed =
        Endpoints.ALL.stream()
            .map(endpoint -> endpoint.method() + " " + endpoint.pattern())
            .filter(endpoint -> endpoint.contains(" /api/") || endpoint.endsWith(" /"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(mapped()).isEqualTo(listed);
  }

  /** Every endpoint of every controller, such as {@code GET /api/v1/batches/{id}}. */
  static Set<String> mapped() throws ClassNotFoundException {
    Mapping mapping = new Mapping();
    mapping.setApplicationContext(new StaticWebApplicationContext());
    mapping.afterPropertiesSet();
    Set<String> mapped = new TreeSet<>();
    ClassPathScanningCandidateComponentProvider controllers =
        new ClassPathScanningCandidateComponentProvider(false);
    controllers.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
    for (BeanDefinition definition : controllers.findCandidateComponents("dev.tidemark.api")) {
      Class<?> controller = Class.forName(definition.getBeanClassName());
      for (Method method : controller.getDeclaredMethods()) {
        mapping.add(method, controller, mapped);
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
