package io.millrace.bench.drill;

import io.millrace.bench.Launched;
import io.millrace.bench.StandaloneCluster;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.util.List;

/** The quickstart on a standalone cluster, and kill -9 of an executor in mid-training. */
record KilledExecutor(String name) implements Part {
  @Override
  public String run(Ground ground) throws IOException, InterruptedException {
    try (StandaloneCluster cluster = StandaloneCluster.start(ground.root(), ground.scratch())) {
      Site site = Site.local(ground.scratch().resolve(name)).on(cluster.master());
      try (Launched run = ground.start(site, List.of())) {
        Ground.awaitTraining(run);
        cluster.executors().get(0).destroyForcibly();
        ground.requireLocal(ground.digests(site, run.output()), List.of());
        if (!run.said().contains("2 executors, each with")) {
          throw new CannotException(name, "the run did not have two executors");
        }
      }
    }
    return "the quickstart on a standalone cluster, 2 executors, one killed in mid-training;"
        + " the cluster was stopped and left nothing";
  }
}
