package io.millrace.bench.drill;

import io.millrace.bench.Launched;
import io.millrace.pipeline.CannotException;
import java.io.IOException;

/** kill -9 of the driver in mid-training, and the same command again. */
record KilledDriver(String name, Store store) implements Part {
  private static final String RESUMED = "Training resumes from the checkpoint after round ";

  @Override
  public String run(Ground ground) throws IOException, InterruptedException {
    try (Store.Open open = store.open(ground)) {
      Site site = open.site(name);
      try (Launched first = ground.start(site, Ground.SHORT)) {
        Ground.awaitTraining(first);
        first.kill();
      }
      Launched again = ground.start(site, Ground.SHORT);
      String json = again.output();
      int resumed = again.said().indexOf(RESUMED);
      if (resumed < 0) {
        throw new CannotException(name, "the second run did not resume from a checkpoint");
      }
      ground.requireLocal(ground.digests(site, json), Ground.SHORT);
      String round = again.said().substring(resumed + RESUMED.length()).replaceAll("(?s)\\D.*", "");
      return "kill -9 of the driver in mid-training; run again, it resumed after round " + round;
    }
  }
}
