package tuist

import (
	"strings"
	"sync/atomic"
)

// What must be drawn again: set by any component, read by the one loop that draws.
var (
	dirty    atomic.Bool
	animated atomic.Bool
)

// Context is where a component writes its lines, and how much room there is.
type Context struct {
	Width, Height int

	screenHeight int
	lines        *[]string
	tui          *TUI
}

func (c Context) ScreenHeight() int { return c.screenHeight }

func (c Context) Line(line string) { c.Lines(line) }

func (c Context) Lines(lines ...string) {
	if c.lines != nil {
		*c.lines = append(*c.lines, lines...)
	}
}

func (c Context) SetFocus(x Component) {
	if c.tui != nil {
		c.tui.SetFocus(x)
	}
}

func (c Context) Resize(width, height int) Context {
	c.Width, c.Height = width, height
	return c
}

// RenderResult is what a child wrote.
type RenderResult struct{ Lines []string }

// Compo is the part that all components share.
type Compo struct{}

func (*Compo) Update() { dirty.Store(true) }

func (*Compo) RenderChild(ctx Context, child Component) { child.Render(ctx) }

func (*Compo) RenderChildResult(ctx Context, child Component) RenderResult {
	var lines []string
	ctx.lines = &lines
	child.Render(ctx)
	return RenderResult{Lines: lines}
}

func (c *Compo) RenderChildInline(ctx Context, child Component) string {
	return strings.Join(c.RenderChildResult(ctx, child).Lines, " ")
}

// Container stacks its children.
type Container struct {
	Compo
	Children []Component
}

func (c *Container) Render(ctx Context) {
	for _, child := range c.Children {
		child.Render(ctx)
	}
}

func (c *Container) AddChild(child Component) {
	c.Children = append(c.Children, child)
	c.Update()
}

func (c *Container) RemoveChild(child Component) {
	for i, other := range c.Children {
		if other == child {
			c.Children = append(c.Children[:i:i], c.Children[i+1:]...)
			break
		}
	}
	c.Update()
}
