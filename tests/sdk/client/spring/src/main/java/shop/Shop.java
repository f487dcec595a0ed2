package shop;

import io.sentry.Sentry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A service as the quick-start makes it: one page answers, the other one fails. */
@SpringBootApplication
@RestController
public class Shop {
  public static void main(String[] args) {
    SpringApplication.run(Shop.class, args);
  }

  @GetMapping({"/", "/hello"})
  public String hello() {
    return "hello";
  }

  @GetMapping("/crash")
  public String crash(@RequestParam String basket) {
    Sentry.setTag("service", "checkout");
    Sentry.addBreadcrumb("basket " + basket + " opened");
    return new Till().close(basket);
  }
}
