package dev.tidemark.api.key;

import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.control.ControlDatabase;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** Puts the filter before everything. */
@Configuration(proxyBeanMethods = false)
class KeyWiring {

  @Bean
  FilterRegistrationBean<KeyFilter> keyFilter(
      TidemarkConfiguration configuration, ControlDatabase control, JsonMapper json) {
    Callers callers = new Callers(configuration.api().keys(), control.apiKeys());
    FilterRegistrationBean<KeyFilter> filter =
        new FilterRegistrationBean<>(new KeyFilter(callers, json));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }
}
