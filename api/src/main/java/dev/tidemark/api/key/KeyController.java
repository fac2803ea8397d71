package dev.tidemark.api.key;

import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.control.ApiKeys;
import dev.tidemark.connect.control.ControlDatabase;
import dev.tidemark.connect.control.IssuedKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/keys")
@Tag(name = "keys")
class KeyController {

  private final ApiKeys keys;

  KeyController(ControlDatabase control) {
    this.keys = control.apiKeys();
  }

  @GetMapping
  @Operation(summary = "Lists the keys in the control database; those of the configuration are not")
  KeyView.Listing list() {
    return new KeyView.Listing(keys.list().stream().map(KeyView::of).toList());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Creates a key and shows it this once")
  KeyView.Issued create(@RequestBody KeyRequest body, HttpServletRequest request) {
    KeyRequest.Checked checked = body.check();
    IssuedKey issued = keys.create(checked.name(), checked.role(), Caller.of(request).name());
    KeyView view = KeyView.of(issued.apiKey());
    return new KeyView.Issued(view.id(), view.name(), view.role(), issued.secret());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Revokes a key")
  void revoke(@PathVariable String id) {
    if (!keys.revoke(id)) {
      throw ProblemException.notFound("KEY_NOT_FOUND", "No key [" + id + "] holds.", null);
    }
  }
}
