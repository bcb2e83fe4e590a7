package io.millrace.jobs.fetch;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server's answer, whose body is not yet read. */
record Answer(int status, HttpHeaders headers, StreamedBody body) implements AutoCloseable {
  static final int OK = 200;
  static final int PART = 206;
  static final int NO_SUCH_RANGE = 416;

  private static final Pattern RANGE =
      Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(\\d{1,18}|\\*)");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  static Answer of(HttpResponse<StreamedBody> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /** The first byte's place in the file, if the answer is a part and says so. */
  OptionalLong start() {
    return number(range().map(found -> found.group(1)));
  }

  /** The length of the whole file, if the server gives it. */
  OptionalLong total() {
    return status == OK
        ? number(headers.firstValue("Content-Length"))
        : number(range().map(found -> found.group(2)));
  }

  private Optional<Matcher> range() {
    return headers.firstValue("Content-Range").map(RANGE::matcher).filter(Matcher::matches);
  }

  private static OptionalLong number(Optional<String> text) {
    return text.filter(it -> LENGTH.matcher(it).matches())
        .map(it -> OptionalLong.of(Long.parseLong(it)))
        .orElse(OptionalLong.empty());
  }

  @Override
  public void close() {
    body.close();
  }
}
