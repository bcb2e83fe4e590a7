package io.millrace.jobs.look;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work shared by as many threads as there are processors. */
final class Threads {
  private Threads() {}

  /**
   * All results, in the order of the tasks; the first failure ends the others.
   *
   * @throws CannotException that a task threw
   * @throws IOException that a task threw
   */
  static <R> List<R> run(List<Callable<R>> tasks) throws IOException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<R>> futures = new ArrayList<>(tasks.size());
      tasks.forEach(task -> futures.add(threads.submit(task)));
      List<R> results = new ArrayList<>(tasks.size());
      for (Future<R> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CannotException cannot) {
        throw cannot;
      }
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
