package tuist

import (
	"fmt"
	"os"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/muesli/cancelreader"
)

// Terminal is the person's: keys come from stdin, the board goes to stderr, as stdout may be a pipe.
type Terminal struct {
	out   *os.File
	drawn int

	before *term.State
	input  cancelreader.CancelReader
	ended  chan struct{}
}

func NewStdTerminal() *Terminal { return &Terminal{out: os.Stderr} }

// acquire hides the cursor and, where stdin is a terminal, hands key presses to press until release.
func (t *Terminal) acquire(press func(uv.KeyPressEvent)) error {
	fmt.Fprint(t.out, "\x1b[?25l")
	if !term.IsTerminal(os.Stdin.Fd()) {
		return nil
	}
	before, err := term.MakeRaw(os.Stdin.Fd())
	if err != nil {
		return err
	}
	input, err := cancelreader.NewReader(os.Stdin)
	if err != nil {
		_ = term.Restore(os.Stdin.Fd(), before)
		return err
	}
	t.before, t.input, t.ended = before, input, make(chan struct{})
	go t.read(input, press)
	return nil
}

func (t *Terminal) release() {
	if t.before != nil {
		t.input.Cancel()
		<-t.ended
		_ = t.input.Close()
		_ = term.Restore(os.Stdin.Fd(), t.before)
		t.before = nil
	}
	fmt.Fprint(t.out, "\x1b[?25h")
}

func (t *Terminal) read(input cancelreader.CancelReader, press func(uv.KeyPressEvent)) {
	defer close(t.ended)
	var decoder uv.EventDecoder
	buffer := make([]byte, 1024)
	for {
		n, err := input.Read(buffer)
		if err != nil {
			return
		}
		for rest := buffer[:n]; len(rest) > 0; {
			used, event := decoder.Decode(rest)
			if used <= 0 {
				break
			}
			if key, ok := event.(uv.KeyPressEvent); ok {
				press(key)
			}
			rest = rest[used:]
		}
	}
}

func (t *Terminal) size() (width, height int) {
	width, height, err := term.GetSize(t.out.Fd())
	if err != nil || width <= 0 || height <= 0 {
		return 80, 24
	}
	return width, height
}

// draw replaces what was drawn before. Lines are cut, because a wrapped one would be counted wrong, and of a board that
// is taller than the screen the end is shown.
func (t *Terminal) draw(lines []string) {
	width, height := t.size()
	if over := len(lines) - (height - 1); over > 0 {
		lines = lines[over:]
	}
	var text strings.Builder
	text.WriteString("\r")
	if t.drawn > 0 {
		fmt.Fprintf(&text, "\x1b[%dA", t.drawn)
	}
	text.WriteString("\x1b[0J")
	for _, line := range lines {
		text.WriteString(ansi.Truncate(line, width, ""))
		text.WriteString("\x1b[0m\r\n")
	}
	t.drawn = len(lines)
	fmt.Fprint(t.out, text.String())
}
