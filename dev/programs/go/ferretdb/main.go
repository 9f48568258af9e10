// FerretDB with its data in SQLite, embedded because its ready-made command panics when it is built
// outside its own repository. It takes the flags of the ready-made command that Gorder uses.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"log/slog"
	"os/signal"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

var release = "unknown" // set by the linker

func main() {
	address := flag.String("listen-addr", "127.0.0.1:27017", "where clients connect")
	data := flag.String("sqlite-url", "file:data/", "folder of the data, as a URI that ends in a slash")
	version := flag.Bool("version", false, "print the version and end")
	flag.String("handler", "sqlite", "accepted, always sqlite")
	flag.String("telemetry", "disable", "accepted, always disabled")
	flag.String("debug-addr", "-", "accepted, there is no debug listener")
	flag.String("state-dir", "-", "accepted, there is no state folder")
	flag.Parse()
	if *version {
		fmt.Printf("version: v%s\n", release)
		return
	}
	server, err := ferretdb.New(&ferretdb.Config{
		Listener: ferretdb.ListenerConfig{TCP: *address},
		Handler:  "sqlite",
		// A commit is in the file when it is answered, so that no end of this process loses it; it is not forced to the disk.
		SQLiteURL: *data + "?_pragma=synchronous(normal)",
		Logger:    slog.New(quiet{}),
	})
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := server.Run(ctx); err != nil {
		log.Fatal(err)
	}
}

// quiet is a log of warnings that costs nothing otherwise: FerretDB gives each statement's values to its log, which
// would write them out before it asks whether anybody wants to read them.
type quiet struct{}

func (quiet) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }
func (q quiet) WithAttrs([]slog.Attr) slog.Handler             { return q }
func (q quiet) WithGroup(string) slog.Handler                  { return q }
func (quiet) Handle(ctx context.Context, record slog.Record) error {
	return slog.Default().Handler().Handle(ctx, record)
}
