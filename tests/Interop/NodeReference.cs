using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Interop;

/// <summary>
/// A reference implementation in Node that answers questions over a pipe (<c>reference/worker.mjs</c>): one process for many questions,
/// since starting one costs more than asking. Not for several threads at once. Disposing ends it.
/// </summary>
public sealed class NodeReference : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly Task<string> _error;

    private NodeReference(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts <c>reference/MODULE.mjs</c>.</summary>
    /// <param name="module">The module's name without its ending.</param>
    public static NodeReference Start(string module)
    {
        var folder = Repository.PathOf("tests/Interop");
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(Requirements.NodePath!, ["--stack-size=4000", "reference/worker.mjs", module])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
        };
        return new NodeReference(Process.Start(start)!);
    }

    /// <summary>True when the process is gone, which a native module can do to it; another has to be started.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Calls one exported function of the module and waits for what it returns.</summary>
    /// <param name="method">The function's name.</param>
    /// <param name="parameters">Its one argument, as JSON.</param>
    /// <param name="limit">How much of a processor's time it may take; null: as much as it takes.</param>
    /// <exception cref="InvalidOperationException">The function threw, or the process ended; with its stack.</exception>
    /// <exception cref="TimeoutException">There was no answer in time, and the process was ended.</exception>
    public JsonNode? Ask(string method, JsonNode? parameters = null, TimeSpan? limit = null)
    {
        var request = new JsonObject { ["method"] = method, ["params"] = parameters };
        _process.StandardInput.WriteLine(request.ToJsonString());
        _process.StandardInput.Flush();
        var line = limit is { } time ? ReadWithin(time, method) : _process.StandardOutput.ReadLine();
        HasEnded = line is null;
        if (line is null)
        {
            throw new InvalidOperationException($"The reference ended while answering {method}. {_error.GetAwaiter().GetResult()}");
        }

        var answer = JsonNode.Parse(line, documentOptions: new JsonDocumentOptions { MaxDepth = 512 })!.AsObject();
        return answer.TryGetPropertyValue("failure", out var failure)
            ? throw new InvalidOperationException($"The reference failed in {method}: {failure}")
            : answer["result"];
    }

    // What it computes cannot be interrupted. By its processor time: on a busy machine it takes as much of that as on a quiet one.
    private string? ReadWithin(TimeSpan time, string method)
    {
        var (reading, begun, waited) = (_process.StandardOutput.ReadLineAsync(), ProcessorTime(), Stopwatch.StartNew());
        while (!reading.Wait(Look))
        {
            if (ProcessorTime() - begun > time || waited.Elapsed > TestPatience.Limit)
            {
                HasEnded = true;
                _process.Kill(entireProcessTree: true);
                throw new TimeoutException($"The reference has not answered {method} with {time.TotalSeconds} s of a processor.");
            }
        }

        return reading.Result;
    }

    private TimeSpan ProcessorTime()
    {
        try
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
        catch (InvalidOperationException) when (_process.HasExited)
        {
            // Who reads sees the end of its output next.
            return TimeSpan.Zero;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}

/// <summary>A test against a reference from npm; where Node or the packages are missing it is skipped and says what to do.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InteropFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test is skipped.</summary>
    public InteropFactAttribute() => Skip = Missing;

    /// <summary>What is missing and what to do; null when all is there.</summary>
    internal static string? Missing { get; } = Requirements.NodePath is null
        ? "Needs Node.js 20 or later: install it (apt-get install nodejs npm)."
        : Directory.Exists(Repository.PathOf("tests/Interop/node_modules"))
            ? null
            : "Needs the reference implementations: run `npm ci` in tests/Interop. `.ci/run` does so.";
}

/// <summary>The same for a test with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InteropTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides whether the test is skipped.</summary>
    public InteropTheoryAttribute() => Skip = InteropFactAttribute.Missing;
}
