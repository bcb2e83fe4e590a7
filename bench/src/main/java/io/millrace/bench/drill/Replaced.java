package io.millrace.bench.drill;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.Workspace;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A small file that is replaced again and again, like a lease, while it is read: every read must
 * find it complete.
 */
record Replaced(String name, Store store) implements Part {
  private static final int TIMES = 100;
  private static final String FILE = "replaced.txt";

  @Override
  public String verdict() {
    return "never absent";
  }

  @Override
  public String run(Ground ground) throws IOException, InterruptedException {
    try (Store.Open open = store.open(ground)) {
      Workspace workspace = Workspace.open(open.site(name).workspace());
      workspace.write(workspace.root(), FILE, "0");
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 1; i <= TIMES; i++) {
                  workspace.write(workspace.root(), FILE, Integer.toString(i));
                }
              });
      int reads = 0;
      int last = 0;
      while (last < TIMES && !writing.isCompletedExceptionally()) {
        Optional<String> text = workspace.read(workspace.root(), FILE);
        int seen = text.filter(it -> it.matches("\\d+")).map(Integer::parseInt).orElse(-1);
        if (seen < last) {
          throw new CannotException(
              "read " + FILE, "after " + last + " it was " + text.orElse("gone"));
        }
        last = seen;
        reads++;
      }
      writing.join();
      return "a file written %d times and read %d times meanwhile".formatted(TIMES, reads);
    }
  }
}
