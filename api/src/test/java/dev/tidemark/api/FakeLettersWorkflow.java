package dev.tidemark.api;

import dev.tidemark.workflows.letter.LetterResult;
import dev.tidemark.workflows.letter.LetterTask;
import dev.tidemark.workflows.letter.RetryLettersWorkflow;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Writes every letter that is named, and is refused one where none is. Tables named slow go on. */
public class FakeLettersWorkflow implements RetryLettersWorkflow {

  private LetterResult result = LetterResult.NONE;

  @Override
  public LetterResult run(LetterTask task) {
    if (task.table().equals("slow")) {
      Workflow.sleep(Duration.ofHours(1));
    }
    result = new LetterResult(task.ids().size(), 0, task.ids().isEmpty() ? 1 : 0, null);
    return result;
  }

  @Override
  public LetterResult progress() {
    return result;
  }
}
