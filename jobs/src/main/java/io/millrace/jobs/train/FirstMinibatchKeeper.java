package io.millrace.jobs.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.files.Folder;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Shows the first minibatch of the first worker and keeps it with the unfinished work, so that it
 * is made once. The driver makes it by a feed of its own, which gives what the worker's gives: no
 * task carries pictures. A training never fails for it.
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

  /** Makes it, or takes what an earlier attempt has made. */
  void begin(TrainingPlan plan) throws IOException {
    try {
      if (folder.names().contains(FirstMinibatch.FILE)) {
        try (InputStream in = folder.read(FirstMinibatch.FILE)) {
          kept = Json.read(in, FirstMinibatch.class);
        }
      } else {
        kept = FirstMinibatch.of(seen(plan.phase(0)), classNames);
        keepIn(folder);
      }
      context.event(FirstMinibatch.NAME, Json.fields(kept));
    } catch (JsonProcessingException e) {
      context.notice("The report shows no first minibatch: " + e.getOriginalMessage() + ".");
    } catch (CannotException | LinkageError e) {
      // Raw pixels are trained on without any picture library.
      context.notice("The report shows no first minibatch: " + e.getMessage());
    }
  }

  private static List<SeenPicture> seen(TrainingPhase phase) {
    int batch = phase.rounds().batch();
    long end = Math.min(batch, phase.rounds().to(0, 0));
    try (Feed feed = Feed.training(phase.recipe(), 0, 0, end, batch)) {
      return feed.hasNext() ? SeenPicture.of(feed.next(), phase.recipe()) : List.of();
    }
  }

  /** Writes it, if there is one. */
  void keepIn(Folder artifact) throws IOException {
    if (!kept.pictures().isEmpty()) {
      artifact.write(FirstMinibatch.FILE, out -> out.write(Json.bytes(kept)));
    }
  }
}
