// A server of Go's net/http that counts the requests of each connection in a map, and closes at a limit, as it is often
// written by hand. It tells its port on the first line, and ends when its standard input does.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

var (
	lock     sync.Mutex
	counts   = map[string]int{}
	executed = []int{}
)

func main() {
	number, limit := os.Args[1], numberOf(os.Args[2])
	answer := []byte(fmt.Sprintf(`{"server":%s}`, number))
	server := &http.Server{
		IdleTimeout: 65 * time.Second,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if isLast(r.RemoteAddr, limit) {
				w.Header().Set("Connection", "close")
			}
			body := answer
			if strings.HasPrefix(r.URL.Path, "/pipelined/") {
				execute(numberOf(r.URL.Path[len("/pipelined/"):]))
			} else if r.URL.Path == "/executed" {
				body = allExecuted()
			}
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
			w.Write(body)
		}),
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	panic(server.Serve(listener))
}

func isLast(address string, limit int) bool {
	lock.Lock()
	defer lock.Unlock()
	counts[address]++
	if counts[address] < limit {
		return false
	}
	delete(counts, address)
	return true
}

func execute(request int) {
	lock.Lock()
	defer lock.Unlock()
	executed = append(executed, request)
}

func allExecuted() []byte {
	lock.Lock()
	defer lock.Unlock()
	text, err := json.Marshal(executed)
	if err != nil {
		panic(err)
	}
	return text
}

func numberOf(text string) int {
	number, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return number
}
