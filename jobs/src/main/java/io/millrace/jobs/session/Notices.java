package io.millrace.jobs.session;

import io.millrace.pipeline.run.RunListener;
import java.util.ArrayList;
import java.util.List;

/** Keeps the sentences that the command line would show while it works. */
final class Notices implements RunListener {
  private record Notice(String stage, String sentence) {}

  private final List<Notice> all = new ArrayList<>();

  @Override
  public synchronized void notice(String stage, String sentence) {
    all.add(new Notice(stage, sentence));
  }

  synchronized List<String> all() {
    return all.stream().map(Notice::sentence).toList();
  }

  /**
   * @param stage its name; empty for notices that are not about a stage
   */
  synchronized List<String> of(String stage) {
    return all.stream().filter(it -> it.stage.equals(stage)).map(Notice::sentence).toList();
  }
}
