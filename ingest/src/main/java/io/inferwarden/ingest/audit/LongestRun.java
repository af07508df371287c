package io.inferwarden.ingest.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The longest subsequence in the order of the log, by patience sorting: O(n log n). */
final class LongestRun {
  private LongestRun() {}

  static List<Placed> inOrder(List<Placed> line) {
    int[] endOfLength = new int[line.size()];
    int[] before = new int[line.size()];
    int longest = 0;
    for (int i = 0; i < line.size(); i++) {
      int low = 0;
      int high = longest;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (line.get(endOfLength[middle]).order < line.get(i).order) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      before[i] = low == 0 ? -1 : endOfLength[low - 1];
      endOfLength[low] = i;
      longest = Math.max(longest, low + 1);
    }
    List<Placed> run = new ArrayList<>(longest);
    for (int i = longest == 0 ? -1 : endOfLength[longest - 1]; i >= 0; i = before[i]) {
      run.add(line.get(i));
    }
    Collections.reverse(run);
    return run;
  }
}
