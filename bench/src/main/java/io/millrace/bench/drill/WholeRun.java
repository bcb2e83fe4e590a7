package io.millrace.bench.drill;

import java.io.IOException;
import java.util.List;

/** The whole quickstart with its workspace on a store. */
record WholeRun(String name, Store store) implements Part {
  @Override
  public String run(Ground ground) throws IOException, InterruptedException {
    try (Store.Open open = store.open(ground)) {
      Site site = open.site(name);
      ground.requireLocal(ground.run(site, List.of()), List.of());
      return "the quickstart with its workspace " + site.workspace();
    }
  }
}
