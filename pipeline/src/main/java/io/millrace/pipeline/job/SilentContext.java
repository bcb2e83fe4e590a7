package io.millrace.pipeline.job;

import java.util.Map;

enum SilentContext implements JobContext {
  INSTANCE;

  static final Progress NONE =
      new Progress() {
        @Override
        public void advance(long n) {}

        @Override
        public void note(String text) {}

        @Override
        public void close() {}
      };

  @Override
  public Progress progress(String label, long total, String unit) {
    return NONE;
  }

  @Override
  public void event(String kind, Map<String, ?> fields) {}

  @Override
  public void notice(String sentence) {}
}
