package io.millrace.jobs.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Shows the first minibatch when a worker has brought it, and keeps it with the unfinished work, so
 * that a training that goes on from a checkpoint has it too.
 */
final class FirstMinibatchKeeper {
  private final Folder folder;
  private final List<String> classNames;
  private final JobContext context;
  private FirstMinibatch kept = FirstMinibatch.NONE;

  /**
   * @param folder of the stage's unfinished work
   */
  FirstMinibatchKeeper(Folder folder, List<String> classNames, JobContext context) {
    this.folder = folder;
    this.classNames = classNames;
    this.context = context;
  }

  /** The training goes on from a checkpoint. */
  void resume() throws IOException {
    if (folder.names().contains(FirstMinibatch.FILE)) {
      try (InputStream in = folder.read(FirstMinibatch.FILE)) {
        kept = Json.read(in, FirstMinibatch.class);
        context.event(FirstMinibatch.NAME, Json.fields(kept));
      } catch (JsonProcessingException e) {
        context.notice("The report shows no first minibatch: " + e.getOriginalMessage() + ".");
      }
    }
  }

  /**
   * Takes what a worker brought.
   *
   * @param seen none from all workers but one, in all rounds but the first
   */
  void accept(List<SeenPicture> seen) throws IOException {
    if (seen.isEmpty()) {
      return;
    }
    try {
      kept = FirstMinibatch.of(seen, classNames);
    } catch (CannotException e) {
      // Raw pixels are trained on without any picture library.
      context.notice("The report shows no first minibatch: " + e.getMessage());
      return;
    }
    context.event(FirstMinibatch.NAME, Json.fields(kept));
    keepIn(folder);
  }

  /** Writes it, if there is one. */
  void keepIn(Folder artifact) throws IOException {
    if (!kept.pictures().isEmpty()) {
      artifact.write(FirstMinibatch.FILE, out -> out.write(Json.bytes(kept)));
    }
  }
}
