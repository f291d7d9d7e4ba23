// A client of Go's net/http over HTTP/2. Each line on its standard input is a phase of requests; each phase ends with a
// line on its standard output.
package main

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"
	"time"
)

type phase struct {
	URL      string `json:"url"`
	Method   string `json:"method"`
	Bodies   []int  `json:"bodies"`
	Clients  int    `json:"clients"`
	Workers  int    `json:"workers"`
	Requests int    `json:"requests"`
	Fresh    bool   `json:"fresh"`
}

type outcome struct {
	Answered int            `json:"answered"`
	Failures map[string]int `json:"failures"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	var clients []*http.Client
	for number := 0; lines.Scan(); number++ {
		var next phase
		if err := json.Unmarshal(lines.Bytes(), &next); err != nil {
			panic(err)
		}
		// Those of the phases before stay open, and idle.
		if next.Fresh || clients == nil {
			clients = newClients(next.Clients)
		}
		answers.Encode(perform(next, number, clients))
	}
}

func newClients(count int) []*http.Client {
	clients := make([]*http.Client, count)
	for i := range clients {
		clients[i] = &http.Client{
			Timeout: 20 * time.Second,
			Transport: &http.Transport{
				TLSClientConfig:   &tls.Config{InsecureSkipVerify: true},
				ForceAttemptHTTP2: true,
			},
		}
	}
	return clients
}

func perform(next phase, number int, clients []*http.Client) outcome {
	result := outcome{Failures: map[string]int{}}
	var lock sync.Mutex
	var all sync.WaitGroup
	for c, client := range clients {
		for w := 0; w < next.Workers; w++ {
			all.Add(1)
			go func(client *http.Client, name string) {
				defer all.Done()
				for r := 0; r < next.Requests; r++ {
					size := next.Bodies[r%len(next.Bodies)]
					err := ask(client, next, fmt.Sprintf("%s-%d", name, r), size)
					lock.Lock()
					if err == nil {
						result.Answered++
					} else {
						result.Failures[err.Error()]++
					}
					lock.Unlock()
				}
			}(client, fmt.Sprintf("go-%d-%d-%d", number, c, w))
		}
	}
	all.Wait()
	return result
}

func ask(client *http.Client, next phase, id string, size int) error {
	var body io.Reader
	if next.Method == http.MethodPost {
		body = bytes.NewReader(bytes.Repeat([]byte("x"), size))
	}
	request, err := http.NewRequest(next.Method, next.URL, body)
	if err != nil {
		return err
	}
	request.Header.Set("x-id", id)
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.ProtoMajor != 2 || response.StatusCode != 200 || string(text) != id {
		return fmt.Errorf("answered %s %s %q", response.Proto, response.Status, text)
	}
	return nil
}
