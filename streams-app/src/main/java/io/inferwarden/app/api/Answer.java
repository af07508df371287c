package io.inferwarden.app.api;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** What is sent to a caller. */
interface Answer {
  int status();

  /** Sends it, and closes the exchange or hands it to whoever will. */
  void send(HttpExchange exchange) throws IOException;
}
