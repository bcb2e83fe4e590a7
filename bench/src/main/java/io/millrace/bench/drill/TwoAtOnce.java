package io.millrace.bench.drill;

import io.millrace.bench.Launched;
import io.millrace.bench.RunOutput;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Two runs on one S3 workspace, started at the same moment, several times.
 *
 * @param bothHold whether listings hide each run's lease from the other, so that both get the
 *     workspace's lock
 */
record TwoAtOnce(String name, boolean bothHold, int rounds) implements Part {
  private static final String REFUSED = "has held it since";

  @Override
  public String run(Ground ground) throws IOException, InterruptedException {
    List<String> ends = new ArrayList<>();
    try (S3Server server = S3Server.start(ground);
        StaleListing stale = StaleListing.of(server.endpoint())) {
      for (int round = 1; round <= rounds; round++) {
        String workspace = name + "-" + round;
        Site site = server.site(workspace);
        ends.add(once(ground, bothHold ? server.site(workspace, stale.endpoint()) : site, site));
      }
    }
    return "two runs at once on one workspace"
        + (bothHold ? ", both holding it" : "")
        + ": "
        + String.join(", ", ends);
  }

  private String once(Ground ground, Site both, Site plain)
      throws IOException, InterruptedException {
    List<Launched> runs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      runs.add(ground.start(both, Ground.SMALL));
    }
    int done = 0;
    for (Launched run : runs) {
      if (run.status() == 0) {
        done++;
        ground.requireLocal(ground.digests(plain, run.output()), Ground.SMALL);
      } else if (bothHold || !run.lastWords().contains(REFUSED)) {
        throw new CannotException(name, "a run ended with: " + run.lastWords());
      }
    }
    if (done == 0) {
      throw new CannotException(name, "neither run succeeded");
    }
    requireNothingLost(ground, plain);
    return done == 2 ? "both succeeded" : "one was refused";
  }

  /** A third run must find all artifacts complete. */
  private void requireNothingLost(Ground ground, Site site)
      throws IOException, InterruptedException {
    String json = ground.start(site, Ground.SMALL).output();
    for (RunOutput.Stage stage : RunOutput.of(json).stages()) {
      if (!stage.isSkipped()) {
        throw new CannotException(name, stage.name() + " was lost: " + stage.reason());
      }
    }
    Map<String, String> digests = ground.digests(site, json);
    ground.requireLocal(digests, Ground.SMALL);
  }
}
