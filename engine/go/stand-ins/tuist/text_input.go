package tuist

import uv "github.com/charmbracelet/ultraviolet"

// TextInput is a line that a person types into.
type TextInput struct {
	Compo
	Prompt, Suggestion string
	OnSubmit           func(Context, string) bool
	OnChange           func(Context, string)
	KeyInterceptor     func(Context, uv.KeyPressEvent) bool

	value []rune
}

func NewTextInput(prompt string) *TextInput { return &TextInput{Prompt: prompt} }

func (t *TextInput) Render(ctx Context) { ctx.Line(t.Prompt + string(t.value) + "▏") }

func (t *TextInput) Value() string { return string(t.value) }

func (t *TextInput) SetValue(value string) {
	t.value = []rune(value)
	t.Update()
}

func (t *TextInput) InsertRune(r rune) { t.SetValue(string(t.value) + string(r)) }

func (t *TextInput) HandleKeyPress(ctx Context, key uv.KeyPressEvent) bool {
	if t.KeyInterceptor != nil && t.KeyInterceptor(ctx, key) {
		return true
	}
	switch key.String() {
	case "enter":
		if t.OnSubmit != nil && t.OnSubmit(ctx, t.Value()) {
			t.SetValue("")
		}
		return true
	case "backspace":
		if len(t.value) > 0 {
			t.SetValue(string(t.value[:len(t.value)-1]))
		}
	default:
		if key.Text == "" {
			return false
		}
		t.SetValue(t.Value() + key.Text)
	}
	if t.OnChange != nil {
		t.OnChange(ctx, t.Value())
	}
	return true
}
