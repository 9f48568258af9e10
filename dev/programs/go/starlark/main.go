// Evaluates a Tiltfile as Tilt does, in Go's own Starlark, with fakes in place of Tilt's functions. What they are called
// and which arguments they take comes in as JSON; what was called, with what and where, goes out as JSON.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	starlarkjson "go.starlark.net/lib/json"
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
	"go.starlark.net/syntax"
	"gopkg.in/yaml.v3"
)

type parameter struct {
	Name     string
	Required bool
}

// function is one of Tilt's: where it comes from ("" or an extension's address), and what it gives back.
type function struct {
	Name, From, Returns string
	Parameters          []parameter
}

type given struct {
	Tiltfile, Context, Subcommand, Helm string
	Functions                           []function
}

type call struct {
	Function  string          `json:"function"`
	At        string          `json:"at"`
	Folder    string          `json:"folder"`
	Arguments json.RawMessage `json:"arguments"`
	Output    string          `json:"output,omitempty"`
}

type evaluation struct {
	given
	calls   []call
	loaded  map[string]starlark.StringDict
	globals starlark.StringDict
}

func main() {
	var in given
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		end(err)
	}
	e := &evaluation{given: in, loaded: map[string]starlark.StringDict{}}
	e.globals = e.functionsOf("")
	e.globals["config"] = module("config", starlark.StringDict{
		"tilt_subcommand": starlark.String(in.Subcommand),
		"main_dir":        starlark.String(filepath.Dir(in.Tiltfile)),
	})
	for _, constant := range []string{"TRIGGER_MODE_AUTO", "TRIGGER_MODE_MANUAL"} {
		e.globals[constant] = starlark.String(constant)
	}
	if _, err := e.run(in.Tiltfile); err != nil {
		end(err)
	}
	json.NewEncoder(os.Stdout).Encode(e.calls)
}

func end(err error) {
	if failure, ok := err.(*starlark.EvalError); ok {
		err = fmt.Errorf("%s", failure.Backtrace())
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func module(name string, members starlark.StringDict) starlark.Value {
	return &starlarkstruct.Module{Name: name, Members: members}
}

func (e *evaluation) run(path string) (starlark.StringDict, error) {
	if done, ok := e.loaded[path]; ok {
		return done, nil
	}
	thread := &starlark.Thread{Name: path, Load: func(_ *starlark.Thread, wanted string) (starlark.StringDict, error) {
		if strings.HasPrefix(wanted, "ext://") {
			return e.functionsOf(wanted), nil
		}
		return e.run(filepath.Join(filepath.Dir(path), wanted))
	}}
	options := &syntax.FileOptions{TopLevelControl: true, GlobalReassign: true, Set: true}
	globals, err := starlark.ExecFileOptions(options, thread, path, nil, e.globals)
	e.loaded[path] = globals
	return globals, err
}

func (e *evaluation) functionsOf(from string) starlark.StringDict {
	dict := starlark.StringDict{}
	for _, f := range e.Functions {
		if f.From == from {
			dict[f.Name] = starlark.NewBuiltin(f.Name, func(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
				return e.call(f, t, args, kwargs)
			})
		}
	}
	return dict
}

// call binds the arguments as the signature says, keeps them, and gives back what Tilt's function would.
func (e *evaluation) call(f function, t *starlark.Thread, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	values := make([]starlark.Value, len(f.Parameters))
	pairs := []any{}
	for i, p := range f.Parameters {
		name := p.Name
		if !p.Required {
			name += "?"
		}
		pairs = append(pairs, name, &values[i])
	}
	if err := starlark.UnpackArgs(f.Name, args, kwargs, pairs...); err != nil {
		return nil, err
	}
	bound := starlark.StringDict{}
	dict := starlark.NewDict(len(values))
	for i, value := range values {
		if value != nil {
			bound[f.Parameters[i].Name] = value
			dict.SetKey(starlark.String(f.Parameters[i].Name), value)
		}
	}
	text, err := starlark.Call(t, starlarkjson.Module.Members["encode"], starlark.Tuple{dict}, nil)
	if err != nil {
		return nil, err
	}
	at := t.CallFrame(1).Pos
	// Paths count from the file that is evaluated, not from the one in which the called function stands.
	folder := filepath.Dir(t.Name)
	record := call{Function: f.Name, At: at.String(), Folder: folder, Arguments: json.RawMessage(text.(starlark.String))}
	result, err := e.answer(f, t, bound, dict, folder)
	if output, ok := result.(starlark.String); ok {
		record.Output = string(output)
	}
	e.calls = append(e.calls, record)
	return result, err
}

func (e *evaluation) answer(f function, t *starlark.Thread, bound starlark.StringDict, dict *starlark.Dict, folder string) (starlark.Value, error) {
	switch {
	case f.Name == "k8s_context":
		return starlark.String(e.Context), nil
	case f.Name == "helm":
		return e.helm(bound, folder)
	case f.Name == "decode_yaml_stream":
		return decodeYAML(t, string(bound["yaml"].(starlark.String)))
	case f.Name == "encode_yaml_stream":
		return encodeYAML(t, bound["objs"])
	case f.Returns == "None":
		return starlark.None, nil
	}
	// A live update's step, a port-forward, an input of a button: what it was made with, and what it is.
	dict.SetKey(starlark.String("is"), starlark.String(f.Returns))
	dict.SetKey(starlark.String("by"), starlark.String(f.Name))
	return dict, nil
}

// helm renders the chart as Tilt does: without the tests.
func (e *evaluation) helm(bound starlark.StringDict, folder string) (starlark.Value, error) {
	text := func(name string) string { s, _ := starlark.AsString(bound[name]); return s }
	words := []string{"template", text("name"), filepath.Join(folder, text("pathToChartDir")), "--namespace", text("namespace"), "--skip-tests", "--kube-version", "1.34.0"}
	for name, flag := range map[string]string{"values": "--values", "set": "--set"} {
		list, ok := bound[name].(*starlark.List)
		for i := 0; ok && i < list.Len(); i++ {
			word, _ := starlark.AsString(list.Index(i))
			if name == "values" {
				word = filepath.Join(folder, word)
			}
			words = append(words, flag, word)
		}
	}
	command := exec.Command(e.Helm, words...)
	var said bytes.Buffer
	command.Stderr = &said
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("helm %s: %s", strings.Join(words, " "), said.String())
	}
	return starlark.String(output), nil
}

func decodeYAML(t *starlark.Thread, text string) (starlark.Value, error) {
	documents := []any{}
	decoder := yaml.NewDecoder(strings.NewReader(text))
	for {
		var document any
		if err := decoder.Decode(&document); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		if document != nil {
			documents = append(documents, document)
		}
	}
	encoded, err := json.Marshal(documents)
	if err != nil {
		return nil, err
	}
	return starlark.Call(t, starlarkjson.Module.Members["decode"], starlark.Tuple{starlark.String(encoded)}, nil)
}

func encodeYAML(t *starlark.Thread, objects starlark.Value) (starlark.Value, error) {
	text, err := starlark.Call(t, starlarkjson.Module.Members["encode"], starlark.Tuple{objects}, nil)
	if err != nil {
		return nil, err
	}
	var documents []any
	if err := json.Unmarshal([]byte(text.(starlark.String)), &documents); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	for _, document := range documents {
		if err := encoder.Encode(document); err != nil {
			return nil, err
		}
	}
	return starlark.String(out.String()), nil
}
