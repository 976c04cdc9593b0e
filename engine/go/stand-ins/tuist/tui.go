package tuist

import (
	"io"
	"os"
	"sync"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// drawEvery bounds how often the board is drawn.
const drawEvery = 80 * time.Millisecond

// TUI owns the terminal while it runs. Everything that touches components happens in its one loop, or, before Start and
// after Stop, in whoever calls.
type TUI struct {
	Container

	terminal *Terminal
	focus    Component
	mounted  map[Component]bool

	queueMu  sync.Mutex
	queue    []func()
	draining bool
	wake     chan struct{}

	runMu   sync.Mutex // held while the board is drawn; Exec takes it to lend the terminal out
	running bool
	lent    bool
	stop    chan struct{}
	stopped chan struct{}
}

func New(terminal *Terminal) *TUI {
	return &TUI{terminal: terminal, mounted: map[Component]bool{}, wake: make(chan struct{}, 1)}
}

func (t *TUI) Start() error {
	if err := t.terminal.acquire(t.press); err != nil {
		return err
	}
	t.stop, t.stopped = make(chan struct{}), make(chan struct{})
	t.queueMu.Lock()
	t.running = true
	t.queueMu.Unlock()
	go t.loop()
	return nil
}

func (t *TUI) Stop() {
	t.queueMu.Lock()
	running := t.running
	t.running = false
	t.queueMu.Unlock()
	if !running {
		return
	}
	close(t.stop)
	<-t.stopped
	t.drain()
	t.draw()
	t.terminal.release()
}

// Dispatch runs f in the loop, in the order of the calls; it never waits for it.
func (t *TUI) Dispatch(f func()) {
	t.queueMu.Lock()
	t.queue = append(t.queue, f)
	running := t.running
	t.queueMu.Unlock()
	if !running {
		t.drain()
		return
	}
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

func (t *TUI) drain() {
	t.queueMu.Lock()
	defer t.queueMu.Unlock()
	if t.draining {
		return
	}
	t.draining = true
	for len(t.queue) > 0 {
		f := t.queue[0]
		t.queue = t.queue[1:]
		t.queueMu.Unlock()
		f()
		t.queueMu.Lock()
	}
	t.draining = false
}

func (t *TUI) loop() {
	defer close(t.stopped)
	ticker := time.NewTicker(drawEvery)
	defer ticker.Stop()
	for {
		t.mount()
		select {
		case <-t.stop:
			return
		case <-t.wake:
			t.drain()
		case <-ticker.C:
			if dirty.Swap(false) || animated.Swap(false) {
				t.draw()
			}
		}
	}
}

// mount tells new children that they are part of a running board.
func (t *TUI) mount() {
	for _, child := range t.Children {
		if t.mounted[child] {
			continue
		}
		t.mounted[child] = true
		if mounter, ok := child.(Mounter); ok {
			mounter.OnMount(t.context(nil))
		}
		dirty.Store(true)
	}
}

func (t *TUI) draw() {
	t.runMu.Lock()
	defer t.runMu.Unlock()
	if !t.lent {
		t.terminal.draw(t.RenderLines())
	}
}

func (t *TUI) press(key uv.KeyPressEvent) {
	t.Dispatch(func() {
		if interactive, ok := t.focus.(Interactive); ok {
			interactive.HandleKeyPress(t.context(nil), key)
			dirty.Store(true)
		}
	})
}

func (t *TUI) context(lines *[]string) Context {
	width, height := t.terminal.size()
	return Context{Width: width, Height: height, screenHeight: height, lines: lines, tui: t}
}

func (t *TUI) RenderLines() []string {
	var lines []string
	t.Render(t.context(&lines))
	return lines
}

func (t *TUI) SetFocus(x Component) {
	if focusable, ok := t.focus.(Focusable); ok {
		focusable.SetFocused(t.context(nil), false)
	}
	t.focus = x
	if focusable, ok := x.(Focusable); ok {
		focusable.SetFocused(t.context(nil), true)
	}
	t.Update()
}

// Exec lends the terminal to f; the board stands still and is drawn again when f has ended.
func (t *TUI) Exec(f func(io.Reader, io.Writer, io.Writer) error) error {
	t.runMu.Lock()
	t.lent = true
	t.terminal.draw(nil)
	t.terminal.release()
	t.runMu.Unlock()
	err := f(os.Stdin, os.Stdout, os.Stderr)
	t.runMu.Lock()
	defer t.runMu.Unlock()
	t.lent = false
	dirty.Store(true)
	if again := t.terminal.acquire(t.press); err == nil {
		err = again
	}
	return err
}

func (t *TUI) SetShowHardwareCursor(bool) {}
func (t *TUI) SetDebugWriter(io.Writer)   {}
func (t *TUI) RequestRender(bool)         { t.Update() }
func (t *TUI) ShowOverlay(Component, *OverlayOptions) *OverlayHandle {
	return &OverlayHandle{}
}
