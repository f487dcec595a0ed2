// A service whose /crash handler panics, written as the sentry-go guide has it.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/getsentry/sentry-go"
	sentryhttp "github.com/getsentry/sentry-go/http"
)

type inventory struct {
	shelves map[string][]int
}

func (stock *inventory) firstOnShelf(name string) int {
	return stock.shelves[name][0]
}

func main() {
	err := sentry.Init(sentry.ClientOptions{
		Dsn:              os.Getenv("SENTRY_DSN"),
		Environment:      "production",
		Release:          "go-service@v1.0.0",
		TracesSampleRate: 0.5,
	})
	if err != nil {
		log.Fatal(err)
	}
	defer sentry.Flush(2 * time.Second)

	mux := http.NewServeMux()
	mux.HandleFunc("/", func(writer http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(writer, "all shelves are full")
	})
	mux.HandleFunc("/crash", func(writer http.ResponseWriter, request *http.Request) {
		hub := sentry.GetHubFromContext(request.Context())
		hub.Scope().SetTag("service", "inventory")
		hub.Scope().SetUser(sentry.User{ID: "88", Email: "linus@shop.example"})
		hub.AddBreadcrumb(&sentry.Breadcrumb{Category: "shelf", Message: "shelf A7 opened", Level: sentry.LevelInfo}, nil)
		stock := &inventory{shelves: map[string][]int{}}
		fmt.Fprintln(writer, stock.firstOnShelf(request.URL.Query().Get("shelf")))
	})

	handler := sentryhttp.New(sentryhttp.Options{Repanic: true}).Handle(mux)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), handler))
}
