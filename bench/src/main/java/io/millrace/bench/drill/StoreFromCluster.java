package io.millrace.bench.drill;

import io.millrace.bench.StandaloneCluster;
import java.io.IOException;

/** A small run on a standalone cluster, whose executors reach the workspace on a store. */
record StoreFromCluster(String name, Store store) implements Part {
  @Override
  public String run(Ground ground) throws IOException, InterruptedException {
    try (Store.Open open = store.open(ground);
        StandaloneCluster cluster = StandaloneCluster.start(ground.root(), ground.scratch())) {
      Site site = open.site(name);
      ground.requireLocal(ground.run(site.on(cluster.master()), Ground.SMALL), Ground.SMALL);
      return "a small run on a standalone cluster with its workspace " + site.workspace();
    }
  }
}
