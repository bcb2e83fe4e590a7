package io.millrace.bench.drill;

import io.millrace.bench.StandaloneCluster;
import java.io.IOException;

/**
 * A small run on a standalone cluster, whose executors reach the workspace on a store.
 *
 * @param deployMode where the driver runs: {@code client} is here, {@code cluster} in a worker
 */
record StoreFromCluster(String name, Store store, String deployMode) implements Part {
  @Override
  public String run(Ground ground) throws IOException, InterruptedException {
    try (Store.Open open = store.open(ground);
        StandaloneCluster cluster = StandaloneCluster.start(ground.root(), ground.scratch())) {
      Site site = open.site(name);
      Site there = site.on(cluster.master(), deployMode);
      ground.requireLocal(ground.run(there, Ground.SMALL), Ground.SMALL);
      return "a small run on a standalone cluster in "
          + deployMode
          + " mode with its workspace "
          + site.workspace();
    }
  }
}
