package io.millrace.jobs.predict;

import io.millrace.jobs.testing.SmallModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A small model and its pictures as files, trained by the first test class that asks for them. */
final class TrainedOnce implements BeforeAllCallback {
  private Made made;

  @Override
  public void beforeAll(ExtensionContext context) {
    made =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(TrainedOnce.class))
            .getOrComputeIfAbsent("model", key -> Made.now(), Made.class);
  }

  Path base() {
    return made.base();
  }

  SmallModel small() {
    return made.small();
  }

  /** The folder of the pictures. */
  Path exported() {
    return made.exported();
  }

  private record Made(Path base, SmallModel small, Path exported)
      implements ExtensionContext.Store.CloseableResource {
    static Made now() {
      try {
        Path base = Files.createTempDirectory("millrace-trained");
        SmallModel small = SmallModel.in(base, 3);
        return new Made(base, small, small.exported(base.resolve("exported")));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      FileUtil.fullyDelete(base.toFile());
    }
  }
}
