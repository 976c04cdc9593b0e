// Quillon's pipeline with a stage of one's own, from a module in Go.
//
// The stage is data: a container, arguments, and the format of its report. This one audits the workflows of GitHub
// Actions with zizmor, which comes from the package index like the tools of the other stages.

package main

import (
	"context"

	"dagger/go-stage/internal/dagger"
)

// The release of the auditor; another one may find other things.
const zizmor = "zizmor==1.32.0"

type GoStage struct{}

// Runs the pipeline; prints a summary, and fails with the findings when anything is wrong.
//
// +cache="never"
func (m *GoStage) Ci(
	ctx context.Context,
	// The Python project.
	source *dagger.Directory,
	// These stages and what they need, e.g. lint,workflows.
	// +optional
	only []string,
) (string, error) {
	quillon, err := pipeline(ctx, source)
	if err != nil {
		return "", err
	}
	return quillon.Ci(ctx, dagger.QuillonCiOpts{Only: only})
}

// Runs the pipeline and never fails on findings: gives the folder with report.json, logs and artifacts.
//
// +cache="never"
func (m *GoStage) Report(
	ctx context.Context,
	// The Python project.
	source *dagger.Directory,
	// These stages and what they need, e.g. lint,workflows.
	// +optional
	only []string,
) (*dagger.Directory, error) {
	quillon, err := pipeline(ctx, source)
	if err != nil {
		return nil, err
	}
	return quillon.Run(dagger.QuillonRunOpts{Only: only}).Report(), nil
}

func pipeline(ctx context.Context, source *dagger.Directory) (*dagger.Quillon, error) {
	quillon := dag.Quillon(dagger.QuillonOpts{Source: source})
	has, err := source.Exists(ctx, ".github/workflows")
	if err != nil || !has {
		return quillon, err
	}
	report := "/tmp/zizmor.sarif"
	auditor := dag.Container().
		From("python:3.13-slim").
		WithExec([]string{"pip", "install", "--quiet", "--root-user-action=ignore", zizmor}).
		// No more than it reads: an edit elsewhere does not run it again.
		WithMountedDirectory("/work/.github", source.Directory(".github")).
		WithWorkdir("/work")
	return quillon.WithStage(
		"workflows",
		auditor,
		[]string{"sh", "-c", "zizmor --offline --format sarif . > " + report},
		dagger.QuillonWithStageOpts{Reports: []string{report}, Format: "sarif"},
	), nil
}
