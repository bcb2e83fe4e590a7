package io.millrace.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pipeline with every job, that takes seconds. */
public final class TinyPipeline {
  private static final String TEXT =
      """
      pipeline = tiny
      workspace = "ws"
      params { epochs = 1 }
      stages {
        synthesize { job = synthesize, train = 200, test = 100 }
        shards { job = ingest, source { format = cifar10, path = "@synthesize" } }
        stats { job = stats, shards = "@shards", split = train }
        model {
          job = train, shards = "@shards", stats = "@stats"
          architecture { name = conv-net, channels = [4, 8] }
          workers = 2, batch = 10, averaging { every = 2 }
          schedule { one-cycle { epochs = ${params.epochs}, lr = 0.05 } }
          checkpoint { every-rounds = 1 }
        }
        test { job = evaluate, shards = "@shards", stats = "@stats", model = "@model", split = test }
      }
      """;

  private TinyPipeline() {}

  /** Writes {@code tiny.conf}, with its workspace {@code ws} beside it. */
  public static Path in(Path folder) throws IOException {
    return Files.writeString(folder.resolve("tiny.conf"), TEXT);
  }
}
