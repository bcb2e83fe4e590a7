package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.Expectation;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys that every stage has; all others belong to the job's own record. */
record StageKeys(
    @Key("the job that the stage does") String job,
    @Key(
            value = "when the artifact may be reused: always, never or { max-age = 7d }",
            or = "always")
        Cache cache,
    @Key(value = "how often a failed attempt is repeated", or = "0", min = 0, max = 100)
        int retries,
    @Key(value = "delay before the first repetition; it doubles each time", or = "10s")
        Duration retryDelay,
    @Key(
            value = "how a change of a source is found: by its listing or by its content",
            or = "listing")
        Verify verify,
    @Key(
            value =
                "what the figures of the result must be, such as \"accuracy >= 0.9\" or"
                    + " \"quarantined <= 1%\" (of all that went in); otherwise the stage fails, and"
                    + " its result is kept",
            or = "[]")
        List<Expectation> expect) {

  /** The key of settings for Spark, which never change a result. */
  static final String SPARK = "spark";

  static List<String> names() {
    List<String> names = new ArrayList<>(Kebab.keys(StageKeys.class));
    names.add(SPARK);
    return names;
  }

  enum Verify {
    LISTING,
    CONTENT
  }

  sealed interface Cache {
    CachePolicy policy();

    @Variant(
        value = "always",
        summary = "as long as nothing has changed that decides the result",
        example = "cache = always")
    record Always() implements Cache {
      @Override
      public CachePolicy policy() {
        return CachePolicy.ALWAYS;
      }
    }

    @Variant(value = "never", summary = "the stage runs every time", example = "cache = never")
    record Never() implements Cache {
      @Override
      public CachePolicy policy() {
        return new CachePolicy(true, Optional.empty());
      }
    }

    @Variant(
        value = "max-age",
        summary = "until the artifact has this age",
        example = "cache { max-age = 7d }")
    record MaxAge(@Key("how old the artifact may be") Duration age) implements Cache {
      @Override
      public CachePolicy policy() {
        return new CachePolicy(false, Optional.of(age));
      }
    }
  }
}
