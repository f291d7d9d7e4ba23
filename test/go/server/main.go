// A server of net/http, as its documentation would have it. With -limit it says Connection: close by hand.
package main

import (
	"context"
	"flag"
	"log"
	"net"
	"net/http"
	"path/filepath"
	"sync/atomic"
	"time"
)

type countKey struct{}

func main() {
	address := flag.String("address", "127.0.0.1:8080", "where to listen")
	certificates := flag.String("certificates", ".", "the folder of cert.pem and key.pem")
	secure := flag.Bool("tls", false, "whether to speak TLS, and with it HTTP/2")
	idle := flag.Duration("idle", 0*time.Second, "IdleTimeout")
	limit := flag.Int64("limit", 0, "requests on a connection")
	flag.Parse()
	server := &http.Server{
		Addr:        *address,
		IdleTimeout: *idle,
		ConnContext: func(ctx context.Context, _ net.Conn) context.Context {
			return context.WithValue(ctx, countKey{}, new(int64))
		},
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			count := atomic.AddInt64(r.Context().Value(countKey{}).(*int64), 1)
			if *limit > 0 && count >= *limit {
				w.Header().Set("Connection", "close")
			}
			w.Write([]byte("ok"))
		}),
	}
	if *secure {
		log.Fatal(server.ListenAndServeTLS(filepath.Join(*certificates, "cert.pem"), filepath.Join(*certificates, "key.pem")))
	}
	log.Fatal(server.ListenAndServe())
}
