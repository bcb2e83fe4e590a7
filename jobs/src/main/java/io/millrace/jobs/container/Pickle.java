package io.millrace.jobs.container;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a Python pickle of plain values and what a closed list of names stands for. Python runs the
 * functions that a pickle names; this reader runs nothing and refuses all other names. It keeps its
 * own stack, so that no depth of nesting can exhaust the thread's. Long texts and the elements of
 * arrays are not loaded, so that memory does not grow with the pictures.
 */
public final class Pickle {
  /** Python's None. */
  public static final Object NONE = new Object();

  private static final int PROTOCOL = 0x80;
  private static final int LAST_PROTOCOL = 5;
  private static final long MOST_VALUES = 1_000_000;
  private static final Object MARK = new Object();

  private final PickleBytes bytes;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private long values;

  private final PickleNames names;

  private Pickle(InputStream in, PickleNames names) {
    this.bytes = new PickleBytes(in);
    this.names = names;
  }

  /** Whether a file begins like a pickle of Python 2.3 or later. */
  public static boolean begins(byte[] head) {
    return head.length > 1
        && (head[0] & 0xFF) == PROTOCOL
        && head[1] >= 2
        && head[1] <= LAST_PROTOCOL;
  }

  /**
   * The value in it: texts, {@code Long}s, {@code Double}s, {@code Boolean}s, {@link #NONE}, lists,
   * arrays, and maps by {@code String} or {@code Long}.
   *
   * @throws PickleException if it is damaged, or holds anything else
   */
  public static Object read(InputStream in) throws IOException {
    return PickleGlobals.finished(read(in, new NumpyNames()));
  }

  /**
   * The value in it: texts, {@code Long}s, {@code Double}s, {@code Boolean}s, {@link #NONE}, lists
   * (also for tuples and sets), maps by {@code String} or {@code Long}, and what the names give. No
   * byte is read after the pickle's end, so that another one may follow.
   *
   * @throws PickleException if it is damaged, or holds anything else
   */
  public static Object read(InputStream in, PickleNames names) throws IOException {
    Pickle pickle = new Pickle(in, names);
    try {
      return pickle.run();
    } catch (IndexOutOfBoundsException
        | ClassCastException
        | UnsupportedOperationException
        | NumberFormatException e) {
      throw new PickleException("it is damaged at byte " + pickle.bytes.at(), e);
    }
  }

  private Object run() throws IOException {
    while (true) {
      int code = bytes.next();
      if (code == '.') {
        return pop();
      }
      step(code);
    }
  }

  private void step(int code) throws IOException {
    switch (code) {
      case PROTOCOL -> bytes.next();
      case 0x95 -> bytes.little(8);
      case '(' -> push(MARK);
      case '0' -> pop();
      case '1' -> popToMark();
      case '2' -> push(top());
      case 'N' -> push(NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'J' -> push(bytes.signed());
      case 'K' -> push(bytes.little(1));
      case 'M' -> push(bytes.little(2));
      case 'I' -> push(whole(bytes.line()));
      case 0x8A -> push(signed((int) bytes.little(1)));
      case 'G' -> push(bytes.bigDouble());
      case 'U' -> push(bytes.text(bytes.little(1), false));
      case 'T' -> push(bytes.text(bytes.signed(), false));
      case 'C' -> push(bytes.text(bytes.little(1), false));
      case 'B' -> push(bytes.text(bytes.little(4), false));
      case 0x8E, 0x96 -> push(bytes.text(bytes.little(8), false));
      case 0x8C -> push(bytes.text(bytes.little(1), true));
      case 'X' -> push(bytes.text(bytes.little(4), true));
      case 0x8D -> push(bytes.text(bytes.little(8), true));
      case ']', 0x8F -> push(new ArrayList<>());
      case '}' -> push(new LinkedHashMap<>());
      case ')' -> push(List.of());
      case 't', 'l', 0x91 -> push(popToMark());
      case 0x85, 0x86, 0x87 -> push(popSome(code - 0x84));
      case 'a' -> append(popSome(1));
      case 'e', 0x90 -> append(popToMark());
      case 's' -> put(popSome(2));
      case 'u' -> put(popToMark());
      case 'q' -> remember(bytes.little(1));
      case 'r' -> remember(bytes.little(4));
      case 0x94 -> remember(memo.size());
      case 'h' -> push(remembered(bytes.little(1)));
      case 'j' -> push(remembered(bytes.little(4)));
      case 'c' -> push(names.named(bytes.line(), bytes.line()));
      case 0x93 -> named();
      case 'R', 0x81 -> call();
      case 'b' -> {
        Object state = pop();
        names.build(top(), state);
      }
      case 'Q' -> push(names.keptBeside(pop()));
      default ->
          throw new PickleException(
              "its byte %d (0x%02x) belongs to neither a plain value nor an array"
                  .formatted(bytes.at() - 1, code));
    }
  }

  private void push(Object value) throws PickleException {
    count();
    stack.add(value);
  }

  private void remember(long key) throws PickleException {
    count();
    memo.put(key, top());
  }

  private void count() throws PickleException {
    if (++values > MOST_VALUES) {
      throw new PickleException("it holds more values than a list of pictures or a network has");
    }
  }

  private Object pop() {
    return stack.remove(stack.size() - 1);
  }

  private Object top() {
    return stack.get(stack.size() - 1);
  }

  private List<Object> popSome(int many) {
    List<Object> last = stack.subList(stack.size() - many, stack.size());
    List<Object> popped = new ArrayList<>(last);
    last.clear();
    return popped;
  }

  private List<Object> popToMark() {
    List<Object> popped = popSome(stack.size() - 1 - stack.lastIndexOf(MARK));
    pop();
    return popped;
  }

  private void append(List<Object> added) {
    list(top()).addAll(added);
  }

  private void put(List<Object> pairs) throws PickleException {
    @SuppressWarnings("unchecked")
    Map<Object, Object> map = (Map<Object, Object>) top();
    for (int i = 0; i < pairs.size(); i += 2) {
      Object key = pairs.get(i);
      if (key instanceof PickledText text) {
        map.put(text.text(), pairs.get(i + 1));
      } else if (key instanceof Long) {
        map.put(key, pairs.get(i + 1));
      } else {
        throw new PickleException("its keys are neither texts nor numbers");
      }
    }
  }

  private void named() throws PickleException {
    PickledText name = (PickledText) pop();
    PickledText module = (PickledText) pop();
    push(names.named(module.text(), name.text()));
  }

  private void call() throws PickleException {
    List<Object> arguments = list(pop());
    push(names.called(pop(), arguments));
  }

  private Object remembered(long key) throws PickleException {
    Object value = memo.get(key);
    if (value == null) {
      throw new PickleException("it is damaged at byte " + bytes.at());
    }
    return value;
  }

  private static Object whole(String line) {
    return line.equals("00") ? (Object) false : line.equals("01") ? true : Long.parseLong(line);
  }

  private Long signed(int length) throws IOException {
    if (length > Long.BYTES) {
      throw new PickleException("it holds a number of " + length + " bytes");
    }
    if (length == 0) {
      return 0L;
    }
    int unused = Long.SIZE - Byte.SIZE * length;
    return bytes.little(length) << unused >> unused;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }
}
